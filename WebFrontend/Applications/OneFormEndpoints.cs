using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using OneStop.Domain.Accounts;
using OneStop.Domain.Forms;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Applications;

/// <summary>One form (一表制, A4): what was handed in before is offered again, to the desk by identity number, to the applicant by the query code of an earlier case.</summary>
internal static class OneFormEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/one-form", ByPersonAsync).WithTags("applications").TakesJson<PersonRequest>().Produces<OneFormResponse>()
            .Refuses(StatusCodes.Status400BadRequest);
        routes.MapGet("/api/applications/{number}/one-form", ByCaseAsync).WithTags("applications").Produces<OneFormResponse>()
            .TakesQueryCode();
    }

    // The number is in the body: addresses end up in logs.
    private static async Task<IResult> ByPersonAsync(HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        var account = Staff.Of(context, Roles.Clerk, Roles.Handler, Roles.Head);
        var (body, _) = await Body.ReadAsync<PersonRequest>(context.Request);
        town.Item(body.Item);
        return Results.Json(OneFormResponse.Of(body.Item, await Applicants(grains).OneForm(ApplicationEndpoints.ActorOf(account), body.IdNumber, body.Item)), ApiJson.Options);
    }

    private static async Task<IResult> ByCaseAsync(string number, string item, HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        ApplicationEndpoints.GrainOf(grains, number);
        town.Item(item);
        if (context.User.Account() is not null) Staff.Of(context, Roles.Clerk, Roles.Handler, Roles.Head);
        var offer = await QueryCode.AskAsync(
            context, number, code => Applicants(grains).OneFormOf(ApplicationEndpoints.ActorOf(context), number, code, item));
        return Results.Json(OneFormResponse.Of(item, offer), ApiJson.Options);
    }

    private static IApplicantGrain Applicants(IGrainFactory grains) => grains.GetGrain<IApplicantGrain>(IApplicantGrain.Key);

    /// <summary>Whose answers are wanted, and for which item.</summary>
    public sealed record PersonRequest(
        [property: RegularExpression("[0-9A-Za-z-]{4,40}", ErrorMessage = "An identity number: 4 to 40 letters and digits.")] string IdNumber,
        [property: MaxLength(100)] string Item);

    /// <summary>What is offered: <c>form</c> can be handed in as it is, completed by what is still missing, and <c>materials</c> can be taken over.</summary>
    public sealed record OneFormResponse(
        string RegistrationNumber, string Item, string? Name, string? Phone, JsonObject Form, ImmutableArray<SourceResponse> From, ImmutableArray<MaterialResponse> Materials)
    {
        internal static OneFormResponse Of(string item, OneFormOffer offer) => new(
            offer.Registration,
            item,
            offer.Name,
            offer.Phone,
            new JsonObject(offer.Answers.Select(answer => KeyValuePair.Create(answer.Field, JsonNode.Parse(answer.Value)))),
            [.. offer.Answers.Select(answer => new SourceResponse(answer.Field, answer.Application, answer.At))],
            [.. offer.Files.Select(MaterialResponse.Of)]);
    }

    /// <summary>Where an answer was given last.</summary>
    public sealed record SourceResponse(string Field, string Application, DateTimeOffset At);

    /// <summary>A file that an earlier case holds for a material of the item.</summary>
    public sealed record MaterialResponse(
        string Material, string Application, int Attachment, string? Name, string Type, long Size, string Sha256, DateTimeOffset At)
    {
        internal static MaterialResponse Of(OfferedFile offer) => new(
            offer.Material, offer.File.Application, offer.File.Attachment, offer.Name, offer.File.Type, offer.File.Size, offer.File.Sha256, offer.File.At);
    }
}
