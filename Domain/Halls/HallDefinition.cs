using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Halls.Appointments;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>A service hall (办事大厅): what it offers, where, and in which order it calls.</summary>
/// <param name="Id">Its code, such as <c>shilong</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">Administrative code of its region.</param>
/// <param name="TimeZone">IANA time zone that decides which day it is.</param>
/// <param name="Services">The services that tickets are taken for.</param>
/// <param name="Counters">The counters.</param>
/// <param name="Policy">Who is called next.</param>
[GenerateSerializer, Immutable]
public sealed record HallDefinition(
    string Id,
    LocalizedText Name,
    string Region,
    string TimeZone,
    ImmutableArray<ServiceDefinition> Services,
    ImmutableArray<CounterDefinition> Counters,
    CallPolicy Policy)
{
    /// <summary>When appointments can be booked. Default: null, never.</summary>
    [Id(0)]
    public AppointmentPlan? Appointments { get; init; }

    /// <summary>When its day ends, in local time: who still waits then has to come again. Default: null, at midnight.</summary>
    [Id(1)]
    public TimeOnly? Closing { get; init; }

    /// <summary>Waiting longer than this is too long and warns the wallboard. Default: 30 minutes.</summary>
    [Id(2)]
    public TimeSpan WaitingLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Groups of counters that a ticket can be handed to. Default: none.</summary>
    [Id(3)]
    public ImmutableArray<PoolDefinition> Pools { get; init; } = [];

    /// <summary>Parts of the hall that hear and see their own calls. Default: none, the hall is one zone.</summary>
    [Id(4)]
    public ImmutableArray<ZoneDefinition> Zones { get; init; } = [];

    /// <summary>The zones: those defined, or else the whole hall as one, <c>hall</c>.</summary>
    [JsonIgnore]
    public ImmutableArray<ZoneDefinition> AllZones => Zones.IsEmpty ? [new ZoneDefinition("hall", Name, [.. Counters.Select(c => c.Id)])] : Zones;

    /// <summary>When a day ends.</summary>
    public DateTimeOffset ClosingOf(DateOnly day) => Closing is { } closing ? At(day, closing) : MidnightAfter(day);

    /// <summary>The last instant of a local day, which is the first of the next.</summary>
    public DateTimeOffset MidnightAfter(DateOnly day) => At(day.AddDays(1), TimeOnly.MinValue);

    /// <summary>A local time of a day as an instant, with the offset of the hall's time zone.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById(TimeZone).GetUtcOffset(local));
    }

    /// <summary>The hall's local day at an instant.</summary>
    public DateOnly DayAt(DateTimeOffset instant) => DateOnly.FromDateTime(LocalOf(instant).DateTime);

    /// <summary>An instant by the hall's own clock.</summary>
    public DateTimeOffset LocalOf(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));

    /// <summary>The service with this id.</summary>
    /// <exception cref="OneStopException"><c>unknown-service</c>.</exception>
    public ServiceDefinition Service(string id)
    {
        foreach (var service in Services)
            if (service.Id == id)
                return service;
        throw Refusals.Unknown("service", id);
    }

    /// <summary>The counter with this id.</summary>
    /// <exception cref="OneStopException"><c>unknown-counter</c>.</exception>
    public CounterDefinition Counter(string id)
    {
        foreach (var counter in Counters)
            if (counter.Id == id)
                return counter;
        throw Refusals.Unknown("counter", id);
    }

    /// <summary>The pool with this id.</summary>
    /// <exception cref="OneStopException"><c>unknown-pool</c>.</exception>
    public PoolDefinition Pool(string id)
    {
        foreach (var pool in Pools)
            if (pool.Id == id)
                return pool;
        throw Refusals.Unknown("pool", id);
    }

    /// <summary>Ids of the pools that a counter belongs to.</summary>
    public ImmutableArray<string> PoolsOf(string counter) => [.. Pools.Where(pool => pool.Counters.Contains(counter)).Select(pool => pool.Id)];
}

/// <summary>A pool (窗口组): counters that share what is handed to them.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Counters">Ids of its counters.</param>
[GenerateSerializer, Immutable]
public sealed record PoolDefinition(string Id, LocalizedText Name, ImmutableArray<string> Counters);

/// <summary>A zone (叫号分区): counters whose calls are shown and said together.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Counters">Ids of its counters.</param>
[GenerateSerializer, Immutable]
public sealed record ZoneDefinition(string Id, LocalizedText Name, ImmutableArray<string> Counters);

/// <summary>A service of a hall.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Prefix">Leading letters of its ticket numbers, unique in its hall.</param>
/// <param name="ExpectedService">Expected length of one service, until enough have been seen.</param>
[GenerateSerializer, Immutable]
public sealed record ServiceDefinition(string Id, LocalizedText Name, string Prefix, TimeSpan ExpectedService)
{
    /// <summary>Appointments that one slot takes (see <see cref="AppointmentPlan"/>). Default: 0, no appointments.</summary>
    [Id(0)]
    public int AppointmentsPerSlot { get; init; }

    /// <summary>When tickets can be taken, in the hall's local time. Default: always.</summary>
    [Id(1)]
    public ImmutableArray<OpeningHours> TicketHours { get; init; } = [];
}

/// <summary>A counter (窗口) with its work profile.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Services">The services it may serve (work profile); all of them for a comprehensive window (综合窗口).</param>
[GenerateSerializer, Immutable]
public sealed record CounterDefinition(string Id, LocalizedText Name, ImmutableArray<string> Services)
{
    /// <summary>Services it helps out with under a condition. Default: none.</summary>
    [Id(0)]
    public ImmutableArray<SupportedService> Supports { get; init; } = [];

    /// <summary>When it is planned to be open; wait estimates count on it. Default: no plan.</summary>
    [Id(1)]
    public ImmutableArray<OpeningHours> Hours { get; init; } = [];

    /// <summary>
    /// How long after it became free an open counter calls by itself (自动叫号) as soon as somebody waits; zero is at once.
    /// Default: null, only its clerk calls.
    /// </summary>
    [Id(2)]
    public TimeSpan? AutoCallAfter { get; init; }
}
