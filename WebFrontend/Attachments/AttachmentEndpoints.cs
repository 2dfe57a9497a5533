using System.Text;
using Microsoft.Net.Http.Headers;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Attachments;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Files;
using OneStop.WebFrontend.Applications;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Attachments;

/// <summary>Scanned and uploaded materials (电子影像): handed in, listed and fetched by staff and by the holder of the query code.</summary>
internal static class AttachmentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var attachments = routes.MapGroup("/api/applications/{number}/attachments").WithTags("attachments");
        attachments.MapPost("", ReceiveAsync).WithMetadata(new TakesFile(FileFormats.Accepted, AttachmentLimits.FileBytes))
            .Produces<AttachmentResponse>(StatusCodes.Status201Created)
            .TakesQueryCode()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status422UnprocessableEntity);
        attachments.MapGet("", ListAsync).Produces<ListResponse<AttachmentResponse>>().TakesQueryCode()
            .Refuses(StatusCodes.Status403Forbidden);
        attachments.MapGet("/{id:int}", SendAsync)
            .Produces<Stream>(StatusCodes.Status200OK, FileFormats.Accepted[0], [.. FileFormats.Accepted[1..]])
            .TakesQueryCode()
            .Refuses(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> ReceiveAsync(string number, HttpContext context, IGrainFactory grains, string? material, string? name)
    {
        var isStaff = context.User.Account() is not null;
        var actor = isStaff ? ApplicationEndpoints.ActorOf(Staff.Of(context)) : Actor.Public;
        var called = FileName.Of(name);
        var grain = ApplicationEndpoints.GrainOf(grains, number);
        var info = Commands.InfoOf(context, [], isStaff);
        var permit = await QueryCode.AskAsync(
            context, number, code => grain.ExpectFile(info, actor, code, material ?? "", context.Request.ContentLength ?? 0, null));
        var files = grains.GetGrain<IFileGrain>(IFileGrain.Key);
        var upload = Commands.Secret();
        try
        {
            var read = await UploadBody.ReadAsync(
                context.Request, (part, content) => permit.Known ? Task.CompletedTask : files.Put(permit.Subject, upload, part, content));
            var asked = Encoding.UTF8.GetBytes($"{material}\n{called}\n{read.Sha256}");
            var file = new UploadedFile(
                permit.Known ? null : upload, read.Parts, material ?? "", read.Type, read.Size, read.Sha256, new CaseText(Commands.Secret(), called));
            var attached = await QueryCode.AskAsync(
                context, number, code => grain.AttachFile(info with { BodyHash = Commands.HashOf(context, asked) }, actor, code, file));
            return Results.Json(AttachmentResponse.Of(new NamedAttachment(attached, called)), ApiJson.Options, statusCode: StatusCodes.Status201Created);
        }
        catch when (!permit.Known)
        {
            await DropAsync(files, upload);
            throw;
        }
    }

    private static async Task<IResult> ListAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var grain = ApplicationEndpoints.GrainOf(grains, number);
        var found = await QueryCode.AskAsync(context, number, code => grain.Attachments(ApplicationEndpoints.ActorOf(context), code));
        return Results.Json(new ListResponse<AttachmentResponse>([.. found.Select(AttachmentResponse.Of)], null), ApiJson.Options);
    }

    private static async Task SendAsync(string number, int id, HttpContext context, IGrainFactory grains)
    {
        var grain = ApplicationEndpoints.GrainOf(grains, number);
        var content = await QueryCode.AskAsync(context, number, code => grain.Attachment(ApplicationEndpoints.ActorOf(context), code, id));
        var files = grains.GetGrain<IFileGrain>(IFileGrain.Key);
        var file = content.File.File;
        // A part at hand first: from here on nothing can be refused any more.
        var part = await files.Part(content.Subject, file.Sha256, 0);
        var headers = context.Response.Headers;
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Size;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(content.File.Name ?? file.Sha256);
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.CacheControl = "private, no-store";
        for (var next = 1; ; next++)
        {
            await context.Response.Body.WriteAsync(part, context.RequestAborted);
            if (next == content.Parts) return;
            part = await files.Part(content.Subject, file.Sha256, next);
        }
    }

    internal static async Task DropAsync(IFileGrain files, string upload)
    {
        try
        {
            await files.Drop(upload);
        }
        catch (Exception e) when (e is OneStopException || RuntimeFaults.MayPass(e))
        {
            // What is left of it is removed when a journal is opened a day later.
        }
    }

    /// <summary>A file of a case.</summary>
    public sealed record AttachmentResponse(int Id, string Material, string? Name, string Type, long Size, string Sha256, DateTimeOffset At)
    {
        /// <summary>A file with its name; null when that was erased.</summary>
        internal static AttachmentResponse Of(NamedAttachment found) =>
            new(found.File.Id, found.File.Material, found.Name, found.File.Type, found.File.Size, found.File.Sha256, found.File.At);
    }
}
