using System.ComponentModel.DataAnnotations;
using OneStop.Domain.Accounts;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.WebFrontend.Applications;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Supervision;

/// <summary>What people do about a card (S6). Who may do what is for the rules to say.</summary>
internal static class CardEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var cards = routes.MapGroup("/api/supervision/cards/{id}").WithTags("supervision");
        cards.MapGet("", async (string id, HttpContext context, IGrainFactory grains) =>
        {
            Staff.Of(context, Roles.Officer, Roles.Head, Roles.Handler, Roles.Admin);
            return Results.Json(await Records(grains).Card(id), ApiJson.Options);
        }).Produces<CardRecord>().Refuses(StatusCodes.Status404NotFound);
        Action<ExplainRequest>(cards, "explain", body => body.Text, (card, text) => new ExplainCard(card, text));
        Action<CaseActions.EmptyRequest>(cards, "uphold", _ => null, (card, _) => new UpholdCard(card));
        Action<CaseActions.ReasonRequest>(cards, "withdraw", body => body.Reason, (card, reason) => new WithdrawCard(card, reason));
        Action<CaseActions.EmptyRequest>(cards, "urge", _ => null, (card, _) => new UrgeApplication(card));
        Action<CaseActions.ReasonRequest>(cards, "supervise", body => body.Reason, (card, reason) => new SuperviseApplication(card, reason));
    }

    private static IRecordsGrain Records(IGrainFactory grains) => grains.GetGrain<IRecordsGrain>(IRecordsGrain.Key);

    // The records say only which case has the card; what became of the card its case says.
    private static void Action<TRequest>(
        RouteGroupBuilder cards, string name, Func<TRequest, string?> text, Func<string, string?, ApplicationCommand> command)
        where TRequest : class =>
        cards.MapPost("/" + name, async (string id, HttpContext context, IGrainFactory grains) =>
        {
            Staff.Of(context);
            var (body, bytes) = await Body.ReadAsync<TRequest>(context.Request);
            var application = ApplicationEndpoints.GrainOf(grains, (await Records(grains).Card(id)).Application);
            return await CaseActions.ExecuteAsync(
                context, bytes, command(id, null), text(body), reference => command(id, reference),
                (info, actor, wanted, texts) => application.ExecuteOnCard(info, actor, id, wanted, texts));
        }).TakesJson<TRequest>().Produces<CardRecord>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

    /// <summary>Explains a card.</summary>
    public sealed record ExplainRequest([property: MaxLength(5_000)] string Text);
}
