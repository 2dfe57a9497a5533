using System.Collections.Immutable;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Appointments;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Halls;

/// <summary>The appointments of a service of a hall for one day; the key is <c>hall/service/day</c>.</summary>
public interface IAppointmentBookGrain : IWakeable
{
    /// <summary>The day's slots with their free places.</summary>
    [ReadOnly]
    Task<ImmutableArray<FreeSlot>> Slots();

    /// <summary>Books a slot.</summary>
    Task<AppointmentView> Book(CommandInfo info, AppointmentRequest request);

    /// <summary>Gives an appointment up.</summary>
    Task<AppointmentView> Cancel(CommandInfo info, string appointmentId);

    /// <summary>The visitor has come: takes a ticket, recorded with the appointment, both or neither.</summary>
    Task<TicketView> CheckIn(CommandInfo info, TakeTicket command, Staffing staffing);
}

/// <summary>One appointment for its holder; the key is its id.</summary>
public interface IAppointmentGrain : IGrainWithStringKey
{
    /// <summary>The appointment as it stands.</summary>
    /// <exception cref="Domain.OneStopException"><c>unknown-appointment</c>.</exception>
    Task<AppointmentView> View();

    /// <summary>Gives it up.</summary>
    Task<AppointmentView> Cancel(CommandInfo info);

    /// <summary>The visitor has come.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="hall">The hall.</param>
    /// <param name="command">The ticket wanted.</param>
    Task<TicketView> CheckIn(CommandInfo info, string hall, TakeTicket command);
}

/// <summary>What is booked, with who comes; the person is kept apart and encrypted.</summary>
[GenerateSerializer, Immutable]
public sealed record AppointmentRequest(string AppointmentId, DateTimeOffset Slot, string Name, string IdNumber, string? Phone, string? Application);

/// <summary>An appointment as its holder sees it.</summary>
/// <param name="Id">Its unguessable id.</param>
/// <param name="Hall">The hall.</param>
/// <param name="Service">The service.</param>
/// <param name="Slot">When its slot begins.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Ticket">The ticket it became.</param>
[GenerateSerializer, Immutable]
public sealed record AppointmentView(string Id, string Hall, string Service, DateTimeOffset Slot, AppointmentState State, string? Ticket);
