using System.Collections.Immutable;
using OneStop.Domain.Accounts;
using OneStop.Domain.Notices;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Notices;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Notices;

/// <summary>Notices on screen for whoever is signed in, and for administrators how those through channels fare (S7).</summary>
internal static class NoticeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup("/api/notices").WithTags("notices");
        notices.MapGet("", ListAsync).Produces<ListResponse<NoticeRecord>>();
        notices.MapPost("/{id}/read", ReadAsync).Produces<NoticeRecord>().Refuses(StatusCodes.Status404NotFound);
        var deliveries = routes.MapGroup("/api/deliveries").WithTags("notices");
        deliveries.MapGet("", DeliveriesAsync).Produces<ListResponse<DeliveryRecord>>();
        deliveries.MapPost("/{id}/retry", RetryAsync).Produces<DeliveryRecord>().Refuses(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains, TownDirectory town, string? unread, string? limit, string? after)
    {
        var account = Staff.Of(context);
        var most = Query.Limit(limit);
        var found = await Board(grains).Notices(new NoticeQuestion(AudiencesOf(account, town), account.User, Query.Flag("unread", unread), after, most));
        return Results.Json(new ListResponse<NoticeRecord>(found, found.Length == most ? found[^1].Id : null), ApiJson.Options);
    }

    private static async Task<IResult> ReadAsync(string id, HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        var account = Staff.Of(context);
        return Results.Json(await Board(grains).Read(Commands.InfoOf(context, [], staff: true), AudiencesOf(account, town), id), ApiJson.Options);
    }

    private static async Task<IResult> DeliveriesAsync(HttpContext context, IGrainFactory grains, string? channel, string? state, string? limit, string? after)
    {
        Staff.Of(context, Roles.Admin);
        var most = Query.Limit(limit);
        var found = await Board(grains).Deliveries(new DeliveryQuestion(
            Query.Word<NoticeChannel>("channel", channel), Query.Word<DeliveryState>("state", state), after, most));
        return Results.Json(new ListResponse<DeliveryRecord>(found, found.Length == most ? found[^1].Id : null), ApiJson.Options);
    }

    private static async Task<IResult> RetryAsync(string id, HttpContext context, IGrainFactory grains)
    {
        Staff.Of(context, Roles.Admin);
        return Results.Json(await grains.GetGrain<IOutboxGrain>(await Board(grains).OutboxOf(id)).Retry(id), ApiJson.Options);
    }

    private static INoticeBoardGrain Board(IGrainFactory grains) => grains.GetGrain<INoticeBoardGrain>(INoticeBoardGrain.Key);

    private static ImmutableArray<string> AudiencesOf(Account account, TownDirectory town) =>
        [.. Audience.AllOf(account, town.Town?.Contacts ?? []).Select(audience => audience.Key)];
}
