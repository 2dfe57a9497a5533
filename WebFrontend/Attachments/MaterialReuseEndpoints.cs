using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Files;
using OneStop.WebFrontend.Applications;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Attachments;

/// <summary>A file that another case of the applicant holds is handed in without being sent again (一表制, A4).</summary>
internal static class MaterialReuseEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/applications/{number}/attachments/reuse", ReuseAsync).WithTags("attachments").TakesJson<ReuseRequest>()
            .Produces<AttachmentEndpoints.AttachmentResponse>(StatusCodes.Status201Created)
            .TakesQueryCode()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ReuseAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var isStaff = context.User.Account() is not null;
        var actor = isStaff ? ApplicationEndpoints.ActorOf(Staff.Of(context)) : Actor.Public;
        var (body, _) = await Body.ReadAsync<ReuseRequest>(context.Request);
        var (grain, from) = (ApplicationEndpoints.GrainOf(grains, number), ApplicationEndpoints.GrainOf(grains, body.From));
        // Without the code: what is kept of a command is no place for a secret.
        var asked = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{body.From}\n{body.Attachment}\n{body.Material}"));
        var info = Commands.InfoOf(context, asked, isStaff);
        var permit = await QueryCode.AskAsync(context, number, code => grain.ExpectFile(info, actor, code, body.Material, 0, null));
        var attached = permit.Known
            ? await AttachAsync(new UploadedFile(null, 0, body.Material, "", 0, "", new CaseText(Commands.Secret(), "")))
            : await CopyAsync(await QueryCode.AskAsync(context, body.From, body.QueryCode ?? "", code => from.Attachment(actor, code, body.Attachment)));
        return Results.Json(attached, ApiJson.Options, statusCode: StatusCodes.Status201Created);

        async Task<AttachmentEndpoints.AttachmentResponse> CopyAsync(AttachmentContent held)
        {
            var file = held.File.File;
            // Once more, now that it is known whose it is and how large: before any of it is kept.
            await QueryCode.AskAsync(context, number, code => grain.ExpectFile(info, actor, code, body.Material, file.Size, held.Source));
            var files = grains.GetGrain<IFileGrain>(IFileGrain.Key);
            var upload = Commands.Secret();
            try
            {
                await files.Copy(held.Subject, file.Sha256, held.Parts, permit.Subject, upload);
                var name = new CaseText(Commands.Secret(), held.File.Name ?? file.Sha256);
                return await AttachAsync(
                    new UploadedFile(upload, held.Parts, body.Material, file.Type, file.Size, file.Sha256, name) { Source = held.Source });
            }
            finally
            {
                // What was sealed stays; what the case held already, or refused, is not kept.
                await AttachmentEndpoints.DropAsync(files, upload);
            }
        }

        async Task<AttachmentEndpoints.AttachmentResponse> AttachAsync(UploadedFile file)
        {
            var done = await QueryCode.AskAsync(context, number, code => grain.AttachFile(info, actor, code, file));
            // A repetition has no other way to its name.
            var named = await QueryCode.AskAsync(context, number, code => grain.Attachments(actor, code));
            return AttachmentEndpoints.AttachmentResponse.Of(new NamedAttachment(done, named.First(one => one.File.Id == done.Id).Name));
        }
    }

    /// <summary>Which file, and what it is here.</summary>
    public sealed record ReuseRequest(
        [property: MaxLength(100)] string From,
        [property: Range(1, 1_000)] int Attachment,
        [property: MaxLength(500)] string Material,
        [property: MaxLength(50)] string? QueryCode = null);
}
