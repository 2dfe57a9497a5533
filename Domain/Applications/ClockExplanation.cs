using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>How a clock stands.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<ClockStanding>))]
public enum ClockStanding
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>A special procedure makes it stand still.</summary>
    StandingStill,

    /// <summary>The case was refused or withdrawn before what it measures was done, or the time to explain a card passed.</summary>
    Stopped,

    /// <summary>What it measures was done.</summary>
    Done,
}

/// <summary>One clock of a case, explained (A10).</summary>
/// <param name="Kind">What it measures.</param>
/// <param name="Subject">The step's id, the round's or procedure's number; null for the case's own clocks.</param>
/// <param name="Start">When it started.</param>
/// <param name="Limit">How long it may run, without an extension.</param>
/// <param name="ExtensionWorkingDays">Working days added by an extension.</param>
/// <param name="Counting">How working days are counted.</param>
/// <param name="DueAt">When it is due; null while an open special procedure keeps it unknown.</param>
/// <param name="State">How it stands.</param>
/// <param name="StoppedAt">When it stopped; null while it has not.</param>
/// <param name="UsedWorkdays">Working days used by now, or until it stopped.</param>
/// <param name="Provisional">Whether it rests on days of a year whose arrangement is not published yet.</param>
/// <param name="Suspensions">What does not count, named.</param>
/// <param name="Days">Every day from the start to the due day, counted or not and why.</param>
[GenerateSerializer, Immutable]
public sealed record ClockExplanation(
    ClockKind Kind,
    string? Subject,
    DateTimeOffset Start,
    Limit Limit,
    int ExtensionWorkingDays,
    Counting Counting,
    DateTimeOffset? DueAt,
    ClockStanding State,
    DateTimeOffset? StoppedAt,
    double UsedWorkdays,
    bool Provisional,
    ImmutableArray<Suspension> Suspensions,
    ImmutableArray<DayCount> Days);
