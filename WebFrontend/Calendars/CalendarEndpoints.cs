using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OneStop.Domain;
using OneStop.Domain.Accounts;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Rollouts;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Rollouts;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Calendars;

/// <summary>Working calendars: what is in force, and for administrators a year's arrangement or days declared off or worked (A11).</summary>
internal static class CalendarEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var calendars = routes.MapGroup("/api/calendars").WithTags("calendars");
        calendars.MapGet("", (TownDirectory town) =>
        {
            var codes = town.Town is { } defined ? TownCalendars.Codes(defined) : [PublishedCalendars.China().Code];
            var lines = codes.Select(code => town.Calendar(code)).Select(calendar => new CalendarLine(calendar.Code, calendar.Version));
            return Results.Json(new ListResponse<CalendarLine>([.. lines], null), ApiJson.Options);
        }).Produces<ListResponse<CalendarLine>>();
        calendars.MapGet("/{code}", (string code, TownDirectory town) => Results.Json(town.Calendar(code).Definition, ApiJson.Options))
            .Produces<CalendarDefinition>();
        calendars.MapPost("/{code}/years", (string code, HttpContext context, IGrainFactory grains, string? dryRun) =>
            ChangeAsync<YearRequest>(code, context, grains, dryRun, body => new CalendarChange(
                code, new CalendarYear(code, body.Year, [.. body.Days.Select(day => new DayFact(day.Date, day.Name, day.IsOffDay))]), [])))
            .TakesJson<YearRequest>().Produces<CalendarAnswer>().Refuses(StatusCodes.Status400BadRequest);
        calendars.MapPost("/{code}/days", (string code, HttpContext context, IGrainFactory grains, string? dryRun) =>
            ChangeAsync<DaysRequest>(code, context, grains, dryRun, body => new CalendarChange(
                code, null, [.. body.Days.Select(day => new DeclaredDay(code, day.Date, day.Name, day.IsOffDay))])))
            .TakesJson<DaysRequest>().Produces<CalendarAnswer>().Refuses(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ChangeAsync<TRequest>(
        string code, HttpContext context, IGrainFactory grains, string? dryRun, Func<TRequest, CalendarChange> changed)
        where TRequest : class
    {
        Staff.Of(context, Roles.Admin);
        var (body, bytes) = await Body.ReadAsync<TRequest>(context.Request);
        var (change, info) = (changed(body), Commands.InfoOf(context, bytes, staff: true));
        var catalogue = grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);
        if (!Query.Flag("dryRun", dryRun)) return Results.Json(await catalogue.Change(info, change), ApiJson.Options);
        var proposed = await catalogue.Propose(change);
        if (proposed.Calendar is not { } calendar)
            throw Refusals.Conflict("nothing-new", $"All of this is known of calendar {code} already.");
        var plan = new RolloutPlan(RolloutKind.Calendar, code, calendar.Version, proposed.Definitions, DryRun: true) { Proposed = calendar };
        var trial = await RolloutEndpoints.TryAsync(grains, info, plan);
        return Results.Json(new CalendarAnswer(code, calendar.Version, trial.Id), ApiJson.Options);
    }

    /// <summary>A calendar and its version in force.</summary>
    public sealed record CalendarLine(string Code, int Version);

    /// <summary>A year's arrangement, in the form of holiday-cn; a day may belong to the end of the year before.</summary>
    public sealed record YearRequest(int Year, [property: MaxLength(366)] ImmutableArray<DayRequest> Days)
    {
        /// <summary>Where the files of holiday-cn name their own form; not looked at.</summary>
        [JsonPropertyName("$schema")]
        public string? Schema { get; init; }

        /// <summary>Where they name themselves; not looked at.</summary>
        [JsonPropertyName("$id")]
        public string? Id { get; init; }

        /// <summary>The notices that published it; not looked at.</summary>
        public ImmutableArray<string>? Papers { get; init; }
    }

    /// <summary>Days declared off or worked.</summary>
    public sealed record DaysRequest([property: MaxLength(366)] ImmutableArray<DayRequest> Days);

    /// <summary>A day that is off or worked, and why.</summary>
    public sealed record DayRequest([property: MaxLength(100)] string Name, DateOnly Date, bool IsOffDay);
}
