using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls.Appointments;

/// <summary>When a hall takes appointments (预约); each service says how many a slot holds.</summary>
/// <param name="Slot">Length of a slot.</param>
/// <param name="Hours">When slots begin and end, in the hall's local time.</param>
[GenerateSerializer, Immutable]
public sealed record AppointmentPlan(TimeSpan Slot, ImmutableArray<OpeningHours> Hours)
{
    /// <summary>Days without appointments. Default: none.</summary>
    [Id(0)]
    public ImmutableArray<DateOnly> BlackoutDays { get; init; } = [];

    /// <summary>How many days ahead may be booked. Default: 14.</summary>
    [Id(1)]
    public int DaysAhead { get; init; } = 14;

    /// <summary>How long before its slot a visitor may check in. Default: half an hour.</summary>
    [Id(2)]
    public TimeSpan Early { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after the end of its slot a visitor still counts as in time. Default: 10 minutes.</summary>
    [Id(3)]
    public TimeSpan Late { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long before its slot whoever left a number is reminded of an appointment; null for never. Default: a day, so that a
    /// reminder comes in office hours and leaves time to give the place to somebody else.
    /// </summary>
    [Id(4)]
    public TimeSpan? RemindBefore { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The beginnings of a day's slots, in local time.</summary>
    public ImmutableArray<TimeOnly> Slots
    {
        get
        {
            var slots = ImmutableArray.CreateBuilder<TimeOnly>();
            foreach (var (from, to) in Hours)
                for (var at = from.ToTimeSpan(); at + Slot <= to.ToTimeSpan(); at += Slot)
                    slots.Add(TimeOnly.FromTimeSpan(at));
            return slots.ToImmutable();
        }
    }
}
