using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Calendars;
using Orleans;

namespace OneStop.Domain.Deadlines;

/// <summary>Why a day counts or does not.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<DayReason>))]
public enum DayReason
{
    /// <summary>It counts, wholly or in part.</summary>
    Counted,

    /// <summary>The day the clock starts on is not counted (day counting).</summary>
    FirstDay,

    /// <summary>A Saturday or Sunday.</summary>
    Weekend,

    /// <summary>A statutory holiday, named.</summary>
    Holiday,

    /// <summary>A suspension covers it, named.</summary>
    Suspended,

    /// <summary>It is worked, but nothing of it lies between the start and the due instant.</summary>
    OutsideHours,
}

/// <summary>One day in the explanation of a deadline.</summary>
/// <param name="Date">The day, local to the calendar.</param>
/// <param name="Kind">What the calendar says of it.</param>
/// <param name="Holiday">The holiday it belongs to; null otherwise.</param>
/// <param name="Reason">Why it counts or does not.</param>
/// <param name="Share">The part of a day that counts, 0 to 1; 0 or 1 in day counting.</param>
/// <param name="Suspensions">The reasons of the suspensions that touch it.</param>
/// <param name="Provisional">Its year's arrangement is not published yet.</param>
[GenerateSerializer, Immutable]
public sealed record DayCount(
    DateOnly Date,
    DayKind Kind,
    string? Holiday,
    DayReason Reason,
    double Share,
    ImmutableArray<string> Suspensions,
    bool Provisional)
{
    /// <summary>Whether anything of it counts.</summary>
    public bool Counted => Share > 0;
}
