using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Calendars;
using Orleans;

namespace OneStop.Domain.Catalogue;

/// <summary>
/// How long a finished case is kept (保管期限) and what becomes of it then (A17). An item keeps its rule with its version, and a case
/// that of its item; cases without one are kept as they are.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record RetentionRule
{
    /// <summary>Code of the rule for items that name none.</summary>
    public const string DefaultCode = "default";

    /// <summary>Its code.</summary>
    [Id(0)]
    public required string Code { get; init; }

    /// <summary>Grows with each change. Default: 1.</summary>
    [Id(1)]
    public int Version { get; init; } = 1;

    /// <summary>The law or schedule it rests on. Default: empty.</summary>
    [Id(2)]
    public string Basis { get; init; } = "";

    /// <summary>From the end of the case until it is archived (归档): from then on nothing of it is changed.</summary>
    [Id(3)]
    public required RetentionPeriod ArchiveAfter { get; init; }

    /// <summary>From the end of the case until its personal data may be erased. Default: null, it is kept for ever (永久).</summary>
    [Id(4)]
    public RetentionPeriod? Keep { get; init; }

    /// <summary>Whether the personal data is erased by itself once it may be. Default: false, only when somebody asks.</summary>
    [Id(5)]
    public bool Erase { get; init; }

    /// <summary>Every fault of the rule; empty when it can be published.</summary>
    public ImmutableArray<Fault> Validate()
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (string.IsNullOrWhiteSpace(Code))
            faults.Add(new("/code", "required", "A rule needs a code."));
        if (Version < 1)
            faults.Add(new("/version", "out-of-range", "Versions begin at 1."));
        foreach (var (pointer, period) in new[] { ("/archiveAfter", ArchiveAfter), ("/keep", Keep) })
            if (period is not null && !period.IsInRange)
                faults.Add(new(pointer + "/length", "out-of-range", $"A period is 0 to {RetentionPeriod.MostYears} years, or as long in months, days or working days."));
        if (Keep is { IsInRange: true } keep && ArchiveAfter.IsInRange && keep.ShortestDays < ArchiveAfter.ShortestDays)
            faults.Add(new("/keep", "shorter-than-archive", "What is kept until later than its archiving cannot be kept for a shorter time."));
        if (Erase && Keep is null)
            faults.Add(new("/erase", "kept-for-ever", "Say in keep how long the personal data is kept before it is erased."));
        return faults.ToImmutable();
    }
}

/// <summary>
/// A length of time after the end of a case. It ends with its last day at 24:00; the day on which the case ended is not counted
/// (Civil Code, articles 201 to 203).
/// </summary>
/// <param name="Length">How many; 0 for at once.</param>
/// <param name="Unit">Of what.</param>
[GenerateSerializer, Immutable]
public sealed record RetentionPeriod(int Length, RetentionUnit Unit)
{
    internal const int MostYears = 1_000;

    /// <summary>Whether it is a length that calendars can count.</summary>
    [JsonIgnore]
    public bool IsInRange => Length >= 0 && Enum.IsDefined(Unit) && ShortestDays <= MostYears * 366L;

    /// <summary>About how many days it has at least, to compare periods of different units.</summary>
    internal long ShortestDays => Unit switch
    {
        RetentionUnit.Years => Length * 365L,
        RetentionUnit.Months => Length * 30L,
        _ => Length,
    };

    /// <summary>When it is over.</summary>
    /// <param name="from">When it begins.</param>
    /// <param name="calendar">By whose days it is counted.</param>
    public DateTimeOffset EndFrom(DateTimeOffset from, WorkingCalendar calendar)
    {
        if (Length == 0)
            return from;
        var day = calendar.DateOf(from);
        return calendar.EndOf(Unit switch
        {
            RetentionUnit.Years => day.AddYears(Length),
            RetentionUnit.Months => day.AddMonths(Length),
            RetentionUnit.WorkingDays => calendar.AddWorkdays(day, Length),
            _ => day.AddDays(Length),
        });
    }
}

/// <summary>Units of <see cref="RetentionPeriod"/>.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<RetentionUnit>))]
public enum RetentionUnit
{
    /// <summary>Years.</summary>
    Years,

    /// <summary>Calendar months.</summary>
    Months,

    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Working days.</summary>
    WorkingDays,
}
