using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Accounts;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Supervision;

/// <summary>The wallboard and the officer's lists.</summary>
internal static class SupervisionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var supervision = routes.MapGroup("/api/supervision").WithTags("supervision");
        supervision.MapGet("/board", BoardAsync).Produces<SupervisionBoardResponse>();
        supervision.MapGet("/cards", CardsAsync).Produces<ListResponse<CardRecord>>();
        supervision.MapGet("/findings", FindingsAsync).Produces<ListResponse<FindingRecord>>();
    }

    private static async Task<IResult> BoardAsync(IGrainFactory grains, TownDirectory town, string? region)
    {
        var code = region ?? town.Town?.Region.Code ?? throw Refusals.Unknown("region", "");
        if (town.Town?.Region.Code != code) throw Refusals.Unknown("region", code);
        var snapshot = await grains.GetGrain<IRegionGrain>(code).Snapshot();
        return Results.Json(SupervisionBoardResponse.Of(snapshot), ApiJson.Options);
    }

    private static async Task<IResult> FindingsAsync(
        HttpContext context, IGrainFactory grains, string? application, string? kind, string? limit, string? after)
    {
        Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
        var most = Query.Limit(limit);
        var found = await grains.GetGrain<IRecordsGrain>(IRecordsGrain.Key).Findings(new FindingQuestion(application, Query.Word<FindingKind>("kind", kind), after, most));
        return Results.Json(new ListResponse<FindingRecord>(found, found.Length == most ? found[^1].Id : null), ApiJson.Options);
    }

    private static async Task<IResult> CardsAsync(
        HttpContext context, IGrainFactory grains, string? level, string? department, string? state, string? limit, string? after)
    {
        Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
        var most = Query.Limit(limit);
        var cards = await grains.GetGrain<IRecordsGrain>(IRecordsGrain.Key).Cards(new CardQuestion(
            Query.Word<CardLevel>("level", level), department, Query.Word<CardStanding>("state", state), after, most));
        return Results.Json(new ListResponse<CardRecord>(cards, cards.Length == most ? cards[^1].Id : null), ApiJson.Options);
    }
}

/// <summary>The wallboard with where its feed stands.</summary>
public sealed record SupervisionBoardResponse(
    string Epoch,
    long Version,
    string Region,
    int Open,
    Lights Lights,
    int AcceptedToday,
    int CompletedToday,
    ImmutableArray<BoardDepartment> Departments,
    ImmutableArray<HallContribution> Halls,
    ImmutableArray<BoardCase> Oldest,
    ImmutableArray<BoardCard> Cards)
{
    internal static SupervisionBoardResponse Of(FeedSnapshot snapshot)
    {
        var board = JsonSerializer.Deserialize<SupervisionBoard>(snapshot.State, ApiJson.Options)!;
        return new SupervisionBoardResponse(
            snapshot.Epoch, snapshot.Version, board.Region, board.Open, board.Lights, board.AcceptedToday, board.CompletedToday,
            board.Departments, board.Halls, board.Oldest, board.Cards);
    }
}
