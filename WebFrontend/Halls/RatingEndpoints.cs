using System.ComponentModel.DataAnnotations;
using OneStop.Domain.Accounts;
using OneStop.Domain.Halls.Ratings;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Halls;

/// <summary>Ratings (好差评): given by the ticket's holder, followed up by officers and heads.</summary>
internal static class RatingEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/tickets/{id}/rate", RateAsync).WithTags("hall").TakesJson<RateRequest>().Produces<RatingView>()
            .Refuses(StatusCodes.Status409Conflict);
        var ratings = routes.MapGroup("/api/supervision/ratings").WithTags("supervision");
        ratings.MapGet("", ListAsync).Produces<ListResponse<RatingRecord>>();
        ratings.MapGet("/{ticket}", async (string ticket, HttpContext context, IGrainFactory grains) =>
        {
            Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
            return Results.Json(await Grain(ticket, grains).File(), ApiJson.Options);
        }).Produces<RatingFile>();
        ratings.MapPost("/{ticket}/rectify", RectifyAsync).TakesJson<RectifyRequest>().Produces<RatingView>();
    }

    private static async Task<IResult> RateAsync(string id, HttpContext context, IGrainFactory grains)
    {
        var (request, bytes) = await Body.ReadAsync<RateRequest>(context.Request);
        return Results.Json(await Grain(id, grains).Rate(Commands.InfoOf(context, bytes, staff: false), request.Grade, request.Remark), ApiJson.Options);
    }

    private static async Task<IResult> RectifyAsync(string ticket, HttpContext context, IGrainFactory grains)
    {
        Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
        var (request, bytes) = await Body.ReadAsync<RectifyRequest>(context.Request);
        return Results.Json(await Grain(ticket, grains).Rectify(Commands.InfoOf(context, bytes, staff: true), request.Answer), ApiJson.Options);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, IGrainFactory grains, string? hall, string? grade, string? state, string? limit, string? after)
    {
        Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
        var most = Query.Limit(limit);
        var found = await grains.GetGrain<IRecordsGrain>(IRecordsGrain.Key).Ratings(new RatingQuestion(
            hall, Query.Word<Grade>("grade", grade), Query.Word<RatingStanding>("state", state), after, most));
        return Results.Json(new ListResponse<RatingRecord>(found, found.Length == most ? found[^1].Ticket : null), ApiJson.Options);
    }

    private static IRatingGrain Grain(string ticket, IGrainFactory grains) => grains.GetGrain<IRatingGrain>(TicketEndpoints.Checked(ticket));

    /// <summary>Rates the service.</summary>
    public sealed record RateRequest(Grade Grade, [property: MaxLength(1000)] string? Remark = null);

    /// <summary>Answers a rectification.</summary>
    public sealed record RectifyRequest([property: MaxLength(4000)] string Answer);
}
