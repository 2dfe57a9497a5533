using System.ComponentModel.DataAnnotations;
using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Halls.Appointments;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Halls;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using Orleans;

namespace OneStop.WebFrontend.Halls;

/// <summary>Appointments (预约) for citizens. Whoever knows an appointment's id holds it.</summary>
internal static class AppointmentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var halls = routes.MapGroup("/api/halls/{hall}").WithTags("appointments");
        halls.MapGet("/slots", SlotsAsync).Produces<ListResponse<FreeSlot>>();
        halls.MapPost("/appointments", BookAsync).TakesJson<BookRequest>().Produces<AppointmentView>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status409Conflict);
        var appointments = routes.MapGroup("/api/appointments").WithTags("appointments");
        appointments.MapGet("/{id}", async (string id, IGrainFactory grains) =>
            Results.Json(await grains.GetGrain<IAppointmentGrain>(Checked(id)).View(), ApiJson.Options)).Produces<AppointmentView>();
        appointments.MapDelete("/{id}", async (string id, HttpContext context, IGrainFactory grains) =>
        {
            await grains.GetGrain<IAppointmentGrain>(Checked(id)).Cancel(Commands.InfoOf(context, [], staff: false));
            return Results.NoContent();
        }).Produces(StatusCodes.Status204NoContent);
    }

    // A grain is made for each key asked for; what cannot be an appointment gets none.
    internal static string Checked(string id) => id.Length == 22 ? id : throw Refusals.Unknown("appointment", id);

    private static async Task<IResult> SlotsAsync(string hall, string? service, string? day, IGrainFactory grains, TownDirectory town)
    {
        var known = town.Hall(hall).Service(service ?? throw Refusals.Validation("service", "required", "Name a service."));
        if (!DateOnly.TryParseExact(day, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw Refusals.Validation("day", "wrong-type", "A day (YYYY-MM-DD).");
        var slots = await grains.GetGrain<IAppointmentBookGrain>(KeyOf(hall, known.Id, date)).Slots();
        return Results.Json(new ListResponse<FreeSlot>(slots, null), ApiJson.Options);
    }

    private static async Task<IResult> BookAsync(string hall, HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        var (request, bytes) = await Body.ReadAsync<BookRequest>(context.Request);
        var defined = town.Hall(hall);
        var service = defined.Service(request.Service);
        // Beyond these no local day can be told.
        if (request.Slot.Year is < 2000 or > 2200) throw Refusals.Validation("/slot", "out-of-range", "Choose one of the slots offered.");
        var booked = await grains.GetGrain<IAppointmentBookGrain>(KeyOf(hall, service.Id, defined.DayAt(request.Slot))).Book(
            Commands.InfoOf(context, bytes, staff: false),
            new AppointmentRequest(
                Commands.Secret(), request.Slot, request.Applicant.Name, request.Applicant.IdNumber, request.Applicant.Phone, request.Application));
        return Results.Json(booked, ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static string KeyOf(string hall, string service, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{hall}/{service}/{day:O}");

    /// <summary>Books a slot.</summary>
    public sealed record BookRequest(
        [property: MaxLength(50)] string Service,
        DateTimeOffset Slot,
        VisitorRequest Applicant,
        [property: MaxLength(50)] string? Application = null);

    /// <summary>Who comes.</summary>
    public sealed record VisitorRequest(
        [property: MaxLength(100)] string Name,
        [property: RegularExpression("[0-9A-Za-z-]{4,40}", ErrorMessage = "An identity number: 4 to 40 letters and digits.")] string IdNumber,
        [property: RegularExpression(@"\+?[0-9 -]{5,20}", ErrorMessage = "A telephone number: 5 to 20 digits.")] string? Phone = null);
}
