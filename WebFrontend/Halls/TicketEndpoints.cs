using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Accounts;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Halls;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Halls;

/// <summary>Tickets for citizens: kiosk, telephone and hall display. Nobody needs to sign in.</summary>
internal static class TicketEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var halls = routes.MapGroup("/api/halls").WithTags("hall");
        halls.MapPost("/{hall}/tickets", TakeAsync).TakesJson<TakeTicketRequest>().Produces<TicketView>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status400BadRequest);
        halls.MapGet("/{hall}/board", BoardAsync).Produces<BoardResponse>();
        var tickets = routes.MapGroup("/api/tickets").WithTags("hall");
        tickets.MapGet("/{id}", ViewAsync).Produces<TicketView>();
        tickets.MapGet("/{id}/story", StoryAsync).Produces<ListResponse<StoryEntry>>();
        tickets.MapPost("/{id}/cancel", CancelAsync).Produces<TicketView>();
    }

    private static async Task<IResult> TakeAsync(string hall, HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        var (request, bytes) = await Body.ReadAsync<TakeTicketRequest>(context.Request);
        var service = town.Hall(hall).Service(request.Service);
        var info = Commands.InfoOf(context, bytes, staff: false);
        if (request.Appointment is { } appointment)
        {
            var booked = await grains.GetGrain<IAppointmentGrain>(AppointmentEndpoints.Checked(appointment)).CheckIn(
                info, hall, new TakeTicket(Commands.Secret(), service.Id, request.Segment, request.Language ?? "zh"));
            return Results.Json(booked, ApiJson.Options, statusCode: StatusCodes.Status201Created);
        }

        var staffing = await grains.GetGrain<IHallGrain>(hall).StaffingOf(service.Id);
        var estimate = await grains.GetGrain<IWaitGrain>(hall).OfNew(service.Id, request.Segment);
        var ticket = await grains.GetGrain<IQueueGrain>($"{hall}/{service.Id}").Take(
            info,
            new TakeTicket(Commands.Secret(), service.Id, request.Segment, request.Language ?? "zh") { Estimate = estimate },
            staffing,
            request.Phone);
        return Results.Json(ticket, ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> BoardAsync(string hall, IGrainFactory grains, TownDirectory town, TimeProvider time)
    {
        town.Hall(hall);
        var snapshot = await grains.GetGrain<IHallGrain>(hall).Snapshot();
        return Results.Json(BoardResponse.Of(snapshot, time.GetUtcNow()), ApiJson.Options);
    }

    private static async Task<IResult> ViewAsync(string id, IGrainFactory grains) =>
        Results.Json(await grains.GetGrain<ITicketGrain>(Checked(id)).View(), ApiJson.Options);

    private static async Task<IResult> StoryAsync(string id, HttpContext context, IGrainFactory grains)
    {
        Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
        var entries = await grains.GetGrain<ITicketGrain>(Checked(id)).Story();
        return Results.Json(
            new ListResponse<StoryEntry>([.. entries.Select(e => new StoryEntry(e.At, e.Actor, e.Type, JsonSerializer.Deserialize<JsonElement>(e.Data)))], null),
            ApiJson.Options);
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, IGrainFactory grains)
    {
        var (_, bytes) = await Body.ReadAsync<EmptyRequest>(context.Request);
        return Results.Json(await grains.GetGrain<ITicketGrain>(Checked(id)).Cancel(Commands.InfoOf(context, bytes, staff: false)), ApiJson.Options);
    }

    // A grain is made for each key asked for; what cannot be a ticket gets none.
    internal static string Checked(string id) => id.Length == 22 ? id : throw Refusals.Unknown("ticket", id);

    /// <summary>Something that happened to a visitor.</summary>
    public sealed record StoryEntry(DateTimeOffset At, string Actor, string Type, JsonElement Data);

    /// <summary>Takes a ticket.</summary>
    public sealed record TakeTicketRequest(
        [property: MaxLength(50)] string Service,
        Segment Segment = Segment.Ordinary,
        [property: RegularExpression(@"\+?[0-9 -]{5,20}", ErrorMessage = "A telephone number: 5 to 20 digits.")] string? Phone = null,
        [property: MaxLength(50)] string? Appointment = null,
        [property: RegularExpression("zh|en", ErrorMessage = "One of: zh, en.")] string? Language = null);

    /// <summary>A call without a body of its own.</summary>
    public sealed record EmptyRequest;
}
