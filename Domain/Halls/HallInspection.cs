using System.Collections.Immutable;
using OneStop.Domain.Halls.Appointments;

namespace OneStop.Domain.Halls;

/// <summary>What is wrong with a hall's definition.</summary>
public static class HallInspection
{
    /// <summary>Head starts may not be longer: they are part of the longest wait of everybody else.</summary>
    public static readonly TimeSpan MostHeadStart = TimeSpan.FromHours(4);

    private static readonly TimeSpan MostFirstAfter = TimeSpan.FromDays(1);

    private static readonly TimeSpan MostAutoCallPause = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan MostReminderLead = TimeSpan.FromDays(14);

    /// <summary>Every fault, with its place below <paramref name="pointer"/>.</summary>
    public static ImmutableArray<Fault> Faults(HallDefinition hall, string pointer = "")
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        Distinct(pointer + "/services", hall.Services.Select(s => s.Id), faults);
        Distinct(pointer + "/services", hall.Services.Select(s => s.Prefix), faults);
        Distinct(pointer + "/counters", hall.Counters.Select(c => c.Id), faults);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(hall.TimeZone, out _))
            faults.Add(new(pointer + "/timeZone", "unknown-time-zone", $"'{hall.TimeZone}' is not a time zone."));
        if (hall.WaitingLimit <= TimeSpan.Zero || hall.WaitingLimit > TimeSpan.FromHours(12))
            faults.Add(new(pointer + "/waitingLimit", "out-of-range", "A waiting limit is more than nothing and at most 12 hours."));
        for (var i = 0; i < hall.Services.Length; i++) Service(hall.Services[i], $"{pointer}/services/{i}", faults);
        for (var i = 0; i < hall.Counters.Length; i++) Counter(hall, hall.Counters[i], $"{pointer}/counters/{i}", faults);
        Distinct(pointer + "/pools", hall.Pools.Select(p => p.Id), faults);
        for (var i = 0; i < hall.Pools.Length; i++) Group(hall, hall.Pools[i].Counters, $"{pointer}/pools/{i}/counters", faults);
        Distinct(pointer + "/zones", hall.Zones.Select(z => z.Id), faults);
        Distinct(pointer + "/zones", hall.Zones.SelectMany(z => z.Counters.Distinct()), faults);
        for (var i = 0; i < hall.Zones.Length; i++) Group(hall, hall.Zones[i].Counters, $"{pointer}/zones/{i}/counters", faults);
        Policy(hall.Policy, pointer + "/policy", faults);
        if (hall.Appointments is { } plan) Appointments(plan, pointer + "/appointments", faults);
        return faults.ToImmutable();
    }

    private static void Service(ServiceDefinition service, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        if (service.ExpectedService <= TimeSpan.Zero || service.ExpectedService > TimeSpan.FromHours(4))
            faults.Add(new(pointer + "/expectedService", "out-of-range", "A service is expected to take more than nothing and at most 4 hours."));
        if (service.AppointmentsPerSlot < 0)
            faults.Add(new(pointer + "/appointmentsPerSlot", "out-of-range", "A slot holds no appointments or more."));
        Hours(service.TicketHours, pointer + "/ticketHours", faults);
    }

    private static void Counter(HallDefinition hall, CounterDefinition counter, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        foreach (var service in counter.Services)
            if (hall.Services.All(s => s.Id != service))
                faults.Add(new(pointer + "/services", "unknown-service", $"There is no service '{service}' in this hall."));
        Distinct(pointer + "/supports", counter.Supports.Select(s => s.Service), faults);
        for (var i = 0; i < counter.Supports.Length; i++)
        {
            var support = counter.Supports[i];
            var at = $"{pointer}/supports/{i}";
            if (hall.Services.All(s => s.Id != support.Service))
                faults.Add(new(at + "/service", "unknown-service", $"There is no service '{support.Service}' in this hall."));
            if (counter.Services.Contains(support.Service))
                faults.Add(new(at + "/service", "repeated", $"'{support.Service}' is one of the counter's own services."));
            if (support.WhenWaits < TimeSpan.Zero)
                faults.Add(new(at + "/whenWaits", "out-of-range", "A wait is not negative."));
        }

        if (counter.AutoCallAfter is { } pause && (pause < TimeSpan.Zero || pause > MostAutoCallPause))
            faults.Add(new(pointer + "/autoCallAfter", "out-of-range", $"A counter calls by itself at once or up to {MostAutoCallPause.TotalMinutes} minutes later."));
        Hours(counter.Hours, pointer + "/hours", faults);
    }

    private static void Group(HallDefinition hall, ImmutableArray<string> counters, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        if (counters.IsEmpty) faults.Add(new(pointer, "required", "Name one counter or more."));
        Distinct(pointer, counters, faults);
        foreach (var counter in counters)
            if (hall.Counters.All(c => c.Id != counter))
                faults.Add(new(pointer, "unknown-counter", $"There is no counter '{counter}' in this hall."));
    }

    private static void Appointments(AppointmentPlan plan, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        if (plan.Slot < TimeSpan.FromMinutes(5) || plan.Slot > TimeSpan.FromHours(12))
            faults.Add(new(pointer + "/slot", "out-of-range", "A slot is 5 minutes to 12 hours long."));
        if (plan.DaysAhead is < 1 or > 366)
            faults.Add(new(pointer + "/daysAhead", "out-of-range", "Appointments are booked 1 to 366 days ahead."));
        if (plan.Early < TimeSpan.Zero || plan.Late < TimeSpan.Zero)
            faults.Add(new(pointer, "out-of-range", "The time to be early or late is not negative."));
        if (plan.RemindBefore is { } before && (before <= TimeSpan.Zero || before > MostReminderLead))
            faults.Add(new(pointer + "/remindBefore", "out-of-range", $"A reminder comes up to {MostReminderLead.TotalDays} days before; null for none."));
        Hours(plan.Hours, pointer + "/hours", faults);
    }

    private static void Hours(ImmutableArray<OpeningHours> hours, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        for (var i = 0; i < hours.Length; i++)
            if (hours[i].To <= hours[i].From || (i > 0 && hours[i].From < hours[i - 1].To))
                faults.Add(new($"{pointer}/{i}", "out-of-range", "Hours end after they begin and follow one another."));
    }

    private static void Policy(CallPolicy policy, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        HeadStart(policy.AppointmentHeadStart, pointer + "/appointmentHeadStart", faults);
        HeadStart(policy.GreenHeadStart, pointer + "/greenHeadStart", faults);
        if (policy.FirstAfter is { } first && (first <= TimeSpan.Zero || first > MostFirstAfter))
        {
            faults.Add(new(pointer + "/firstAfter", "out-of-range", "Overtaking ends after more than nothing and at most a day.")
            {
                Bounds = FaultBounds.Of(TimeSpan.Zero, MostFirstAfter, aboveLeast: true),
            });
        }

        for (var i = 0; i < policy.Ratios.Length; i++)
        {
            var ratio = policy.Ratios[i];
            if (ratio.Calls is < 1 or > CallTurns.Most)
                faults.Add(new($"{pointer}/ratios/{i}/calls", "out-of-range", $"A ratio counts 1 to {CallTurns.Most} calls.") { Bounds = FaultBounds.Of(1, CallTurns.Most) });
            if (ratio.Of == ratio.Then)
                faults.Add(new($"{pointer}/ratios/{i}/then", "repeated", "A ratio is between two different segments."));
        }

        Distinct(pointer + "/ratios", policy.Ratios.Select(r => $"{r.Of} to {r.Then}"), faults);
    }

    private static void HeadStart(TimeSpan headStart, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        if (headStart < TimeSpan.Zero || headStart > MostHeadStart)
            faults.Add(new(pointer, "out-of-range", $"A head start is 0 to {MostHeadStart.TotalHours} hours.") { Bounds = FaultBounds.Of(TimeSpan.Zero, MostHeadStart) });
    }

    private static void Distinct(string pointer, IEnumerable<string> codes, ImmutableArray<Fault>.Builder faults)
    {
        foreach (var repeated in codes.GroupBy(code => code).Where(group => group.Count() > 1))
            faults.Add(new(pointer, "repeated", $"'{repeated.Key}' stands there {repeated.Count()} times."));
    }
}
