using OneStop.Domain.Accounts;
using OneStop.Domain.Applications;
using OneStop.Domain.Rollouts;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Rollouts;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Rollouts;

/// <summary>Bringing changed definitions to running cases: orders, trials, progress and what became of each case.</summary>
internal static class RolloutEndpoints
{
    private const int LongestId = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var rollouts = routes.MapGroup("/api/rollouts").WithTags("rollouts");
        rollouts.MapGet("/{id}", async (string id, HttpContext context, IGrainFactory grains) =>
        {
            Staff.Of(context, Roles.Admin, Roles.Officer);
            return Results.Json(await GrainOf(grains, id).View(), ApiJson.Options);
        }).Produces<RolloutView>();
        rollouts.MapGet("/{id}/cases", async (string id, HttpContext context, IGrainFactory grains, string? limit, string? after) =>
        {
            Staff.Of(context, Roles.Admin, Roles.Officer);
            var most = Query.Limit(limit);
            var cases = await GrainOf(grains, id).Cases(after, most);
            return Results.Json(new ListResponse<CaseChange>(cases, cases.Length == most ? cases[^1].AcceptanceNumber : null), ApiJson.Options);
        }).Produces<ListResponse<CaseChange>>();
        var items = routes.MapGroup("/api/items/{code}/rollouts").WithTags("rollouts");
        items.MapPost("/time-rule", (string code, HttpContext context, IGrainFactory grains, TownDirectory town, string? dryRun) =>
            OrderAsync(context, grains, dryRun, RolloutKind.TimeRule, code, town)).TakesJson<EmptyRequest>().Produces<RolloutView>()
            .Refuses(StatusCodes.Status404NotFound);
        items.MapPost("/version", (string code, HttpContext context, IGrainFactory grains, TownDirectory town, string? dryRun) =>
            OrderAsync(context, grains, dryRun, RolloutKind.Item, code, town)).TakesJson<EmptyRequest>().Produces<RolloutView>()
            .Refuses(StatusCodes.Status404NotFound);
    }

    /// <summary>Orders a rollout under an id of its own; the same command again gets the same one.</summary>
    public static Task<RolloutView> TryAsync(IGrainFactory grains, CommandInfo info, RolloutPlan plan) =>
        grains.GetGrain<IRolloutGrain>(IdOf(info)).Start(info, plan);

    private static async Task<IResult> OrderAsync(
        HttpContext context, IGrainFactory grains, string? dryRun, RolloutKind kind, string code, TownDirectory town)
    {
        Staff.Of(context, Roles.Admin);
        var (_, bytes) = await Body.ReadAsync<EmptyRequest>(context.Request);
        var item = town.Item(code);
        var version = kind == RolloutKind.Item ? item.Version : item.TimeRule.Version;
        var plan = new RolloutPlan(kind, code, version, town.Head, Query.Flag("dryRun", dryRun)) { Rule = kind == RolloutKind.Item ? null : item.TimeRule.Code };
        return Results.Json(await TryAsync(grains, Commands.InfoOf(context, bytes, staff: true), plan), ApiJson.Options);
    }

    // Whoever sends a command again must come to the same actor, which knows its first answer.
    private static string IdOf(CommandInfo info) =>
        "r-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(info.Caller + "\n" + info.Id)))[..32];

    private static IRolloutGrain GrainOf(IGrainFactory grains, string id) =>
        id.Length <= LongestId - "rollout/".Length ? grains.GetGrain<IRolloutGrain>(id) : throw Domain.Refusals.Unknown("rollout", id[..50]);

    /// <summary>A call without a body of its own.</summary>
    public sealed record EmptyRequest;
}
