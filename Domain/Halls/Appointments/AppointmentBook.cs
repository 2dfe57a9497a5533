using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Halls.Appointments;

/// <summary>The appointments of one service of a hall for one day.</summary>
[GenerateSerializer, Immutable]
public sealed record AppointmentBook
{
    /// <summary>A book without appointments.</summary>
    public static AppointmentBook Empty { get; } = new();

    /// <summary>All appointments by id, also those that are over.</summary>
    [Id(0)]
    public ImmutableDictionary<string, Appointment> Appointments { get; init; } = ImmutableDictionary<string, Appointment>.Empty;

    /// <summary>How many places of a slot are taken.</summary>
    public int Taken(DateTimeOffset slot) => Appointments.Values.Count(a => a.Slot == slot && a.State != AppointmentState.Cancelled);

    /// <summary>The state after an event. Total: an event that was recorded always applies.</summary>
    public AppointmentBook Evolve(AppointmentEvent e) => e switch
    {
        AppointmentBooked booked => this with { Appointments = Appointments.SetItem(booked.Appointment.Id, booked.Appointment) },
        AppointmentCancelled cancelled => Set(cancelled.AppointmentId, a => a with { State = AppointmentState.Cancelled }),
        AppointmentKept kept => Set(kept.AppointmentId, a => a with { State = AppointmentState.Kept, TicketId = kept.TicketId }),
        AppointmentReminded reminded => Set(reminded.AppointmentId, a => a with { RemindedAt = reminded.At }),
        AppointmentMissed missed => Set(missed.AppointmentId, a => a with { State = AppointmentState.Missed }),
        _ => this,
    };

    private AppointmentBook Set(string id, Func<Appointment, Appointment> change) =>
        Appointments.TryGetValue(id, out var appointment) ? this with { Appointments = Appointments.SetItem(id, change(appointment)) } : this;
}

/// <summary>An appointment; it holds no personal data.</summary>
/// <param name="Id">Its unguessable id.</param>
/// <param name="Service">The service.</param>
/// <param name="Slot">When its slot begins.</param>
/// <param name="Person">The person's registration number (登记号).</param>
[GenerateSerializer, Immutable]
public sealed record Appointment(string Id, string Service, DateTimeOffset Slot, string Person)
{
    /// <summary>Where it stands. Default: open.</summary>
    [Id(0)]
    public AppointmentState State { get; init; }

    /// <summary>The ticket it became. Default: none yet.</summary>
    [Id(1)]
    public string? TicketId { get; init; }

    /// <summary>The running case whose handler is to be met. Default: none.</summary>
    [Id(2)]
    public string? Application { get; init; }

    /// <summary>When whoever comes is to be reminded. Default: never, because there is no number or because that instant had passed.</summary>
    [Id(3)]
    public DateTimeOffset? RemindAt { get; init; }

    /// <summary>When they were. Default: not yet.</summary>
    [Id(4)]
    public DateTimeOffset? RemindedAt { get; init; }
}

/// <summary>Where an appointment stands.</summary>
[GenerateSerializer]
[JsonConverter(typeof(CamelCaseEnumConverter<AppointmentState>))]
public enum AppointmentState
{
    /// <summary>Booked.</summary>
    Open,

    /// <summary>The visitor came.</summary>
    Kept,

    /// <summary>Given up.</summary>
    Cancelled,

    /// <summary>The visitor did not come that day.</summary>
    Missed,
}
