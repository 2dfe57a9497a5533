using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using OneStop.Domain.Accounts;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Estimating;
using OneStop.Domain.Halls.Simulating;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Halls;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Halls;

/// <summary>A hall's figures for officers and heads.</summary>
internal static class HallFiguresEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var halls = routes.MapGroup("/api/halls/{hall}").WithTags("hall");
        halls.MapGet("/calibration", async (string hall, HttpContext context, IGrainFactory grains, TownDirectory town) =>
        {
            Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
            return Results.Json(CalibrationResponse.Of(await grains.GetGrain<IWaitGrain>(town.Hall(hall).Id).Learned()), ApiJson.Options);
        }).Produces<CalibrationResponse>();
        halls.MapPost("/what-if", async (string hall, HttpContext context, IGrainFactory grains, TownDirectory town) =>
        {
            Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
            var known = town.Hall(hall);
            var (request, _) = await Body.ReadAsync<WhatIfRequest>(context.Request);
            var answer = await grains.GetGrain<IHallDaysGrain>(known.Id).WhatIf(request.Day, new WhatIfWish(request.Counters, request.Policy));
            return Results.Json(answer, ApiJson.Options);
        }).TakesJson<WhatIfRequest>().Produces<WhatIfAnswer>();
        halls.MapPost("/services/{service}/close", (string hall, string service, HttpContext context, IGrainFactory grains, TownDirectory town) =>
            SetAsync(hall, service, context, grains, town, (queue, info) => queue.Close(info))).TakesJson<EmptyRequest>().Produces<QueueContribution>();
        halls.MapPost("/services/{service}/open", (string hall, string service, HttpContext context, IGrainFactory grains, TownDirectory town) =>
            SetAsync(hall, service, context, grains, town, (queue, info) => queue.Reopen(info))).TakesJson<EmptyRequest>().Produces<QueueContribution>();
    }

    private static async Task<IResult> SetAsync(
        string hall, string service, HttpContext context, IGrainFactory grains, TownDirectory town, Func<IQueueGrain, CommandInfo, Task<QueueContribution>> act)
    {
        Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
        var queue = grains.GetGrain<IQueueGrain>($"{hall}/{town.Hall(hall).Service(service).Id}");
        var (_, bytes) = await Body.ReadAsync<EmptyRequest>(context.Request);
        return Results.Json(await act(queue, Commands.InfoOf(context, bytes, staff: true)), ApiJson.Options);
    }

    /// <summary>Asks how a day would have gone with so many counters or another policy.</summary>
    public sealed record WhatIfRequest(DateOnly Day, [property: Range(0, WhatIfWish.MostCounters)] int? Counters = null, CallPolicy? Policy = null);

    /// <summary>A call without a body of its own.</summary>
    public sealed record EmptyRequest;
}

/// <summary>How good the estimated waits of a hall's last days were, and what they rest on.</summary>
/// <param name="Since">The first day looked at.</param>
/// <param name="Overall">All services together.</param>
/// <param name="Services">Each service.</param>
public sealed record CalibrationResponse(DateOnly Since, CalibrationResponse.Shares Overall, ImmutableArray<CalibrationResponse.ByService> Services)
{
    internal static CalibrationResponse Of(HallLearned learned) => new(
        learned.Since,
        Shares.Of(learned.Calibration.Overall),
        [.. learned.Services.Select(s => new ByService(
            s.Service,
            Shares.Of(learned.Calibration.Services.GetValueOrDefault(s.Service, CalibrationCounts.None)),
            s.Seen,
            s.MeanSeconds,
            s.NoShow))]);

    /// <summary>Shares of waits under their estimates; null before there is one.</summary>
    /// <param name="Tickets">Tickets called that had an estimate.</param>
    /// <param name="UnderP50">Share of waits of at most P50; good is 0.5.</param>
    /// <param name="UnderP90">Share of waits of at most P90; good is 0.9.</param>
    /// <param name="AtOnce">Estimates of "at once".</param>
    /// <param name="CalledAtOnce">Share of these called within a minute.</param>
    public sealed record Shares(long Tickets, double? UnderP50, double? UnderP90, long AtOnce, double? CalledAtOnce)
    {
        internal static Shares Of(CalibrationCounts counts) => new(
            counts.P90Counted + counts.AtOnce,
            counts.ShareUnderP50,
            counts.ShareUnderP90,
            counts.AtOnce,
            counts.AtOnce == 0 ? null : (double)counts.CalledAtOnce / counts.AtOnce);
    }

    /// <summary>A service.</summary>
    /// <param name="Service">The service.</param>
    /// <param name="Estimates">Its estimates.</param>
    /// <param name="Seen">Lengths its expected length rests on.</param>
    /// <param name="MeanSeconds">Its expected length.</param>
    /// <param name="NoShow">Share of visitors who do not come.</param>
    public sealed record ByService(string Service, Shares Estimates, long Seen, long MeanSeconds, double NoShow);
}
