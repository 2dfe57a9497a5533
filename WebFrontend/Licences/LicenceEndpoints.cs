using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Licences;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Licences;
using OneStop.WebFrontend.Applications;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Licences;

/// <summary>The register of licences (证照): anybody may verify one by its number, the department keeps it.</summary>
internal static class LicenceEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var licences = routes.MapGroup("/api/licences").WithTags("licences");
        licences.MapGet("", ListAsync).Produces<ListResponse<LicenceView>>();
        licences.MapGet("/{number}", async (string number, IGrainFactory grains) =>
            Results.Json(await GrainOf(grains, number).View(), ApiJson.Options)).Produces<LicenceView>()
            .Refuses(StatusCodes.Status404NotFound);
        licences.MapGet("/{number}/timeline", TimelineAsync).Produces<ListResponse<ApplicationEndpoints.TimelineResponse>>();
        Action<InspectRequest>(licences, "inspect", body => body.Opinion, (body, opinion) => new InspectLicence(body.Passed, opinion));
        Action<CaseActions.EmptyRequest>(licences, "renew", _ => null, (_, _) => new RenewLicence());
        Action<RevokeRequest>(licences, "revoke", body => body.Reason, (body, reason) => new RevokeLicence(body.Basis, reason));
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, IGrainFactory grains, string? department, string? item, string? state, string? endsBefore, string? limit, string? after)
    {
        Staff.Of(context);
        var most = Query.Limit(limit);
        var found = await grains.GetGrain<ILicenceRegisterGrain>(ILicenceRegisterGrain.Key).Licences(new LicenceQuestion(
            department, item, Query.Word<LicenceStanding>("state", state), Query.Instant("endsBefore", endsBefore), after, most));
        return Results.Json(new ListResponse<LicenceView>(found, found.Length == most ? found[^1].Number : null), ApiJson.Options);
    }

    private static async Task<IResult> TimelineAsync(string number, HttpContext context, IGrainFactory grains)
    {
        Staff.Of(context);
        var entries = await GrainOf(grains, number).Timeline();
        return Results.Json(
            new ListResponse<ApplicationEndpoints.TimelineResponse>(
                [.. entries.Select(e => new ApplicationEndpoints.TimelineResponse(e.Seq, e.At, e.Actor, e.Type, JsonSerializer.Deserialize<JsonElement>(e.Data)))],
                null),
            ApiJson.Options);
    }

    private static void Action<TRequest>(
        RouteGroupBuilder licences, string name, Func<TRequest, string?> textOf, Func<TRequest, string?, LicenceCommand> command)
        where TRequest : class =>
        licences.MapPost("/{number}/" + name, async (string number, HttpContext context, IGrainFactory grains) =>
        {
            var account = Staff.Of(context);
            var (body, bytes) = await Body.ReadAsync<TRequest>(context.Request);
            ImmutableArray<CaseText> texts = string.IsNullOrWhiteSpace(textOf(body)) ? [] : [new CaseText(Commands.Secret(), textOf(body)!)];
            var view = await GrainOf(grains, number).Execute(
                Commands.InfoOf(context, bytes, staff: true), ApplicationEndpoints.ActorOf(account),
                command(body, texts.IsEmpty ? null : texts[0].Reference), texts);
            return Results.Json(view, ApiJson.Options);
        }).TakesJson<TRequest>().Produces<LicenceView>()
            .Refuses(StatusCodes.Status409Conflict);

    private static ILicenceGrain GrainOf(IGrainFactory grains, string number) => number.Length is > 0 and <= 101
        ? grains.GetGrain<ILicenceGrain>(number)
        : throw Refusals.Unknown("licence", number);

    /// <summary>Records an inspection.</summary>
    public sealed record InspectRequest(bool Passed, [property: MaxLength(5_000)] string? Opinion = null);

    /// <summary>Takes a licence back.</summary>
    public sealed record RevokeRequest([property: MaxLength(500)] string Basis, [property: MaxLength(5_000)] string Reason);
}
