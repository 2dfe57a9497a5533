using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Deadlines;

/// <summary>How long something may take (时限). The kinds are closed and stored under stable names.</summary>
[GenerateSerializer, Immutable]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WorkingDays), "workingDays")]
[JsonDerivedType(typeof(WorkingHours), "workingHours")]
[JsonDerivedType(typeof(CalendarTime), "calendarTime")]
[JsonDerivedType(typeof(FixedInstant), "fixedInstant")]
public abstract record Limit
{
    private protected Limit()
    {
    }

    /// <summary>Longest limit that is accepted, in days: about 27 years of working days.</summary>
    public const int MaxDays = 10_000;

    /// <summary>What is wrong with it, in plain words; null when nothing is.</summary>
    public abstract string? Fault { get; }

    private protected static string? Between(double value, double most, string unit) =>
        value > 0 && value <= most ? null : $"A limit is more than 0 and at most {most} {unit}.";
}

/// <summary>A limit in working days of the calendar (article 82).</summary>
/// <param name="Days">Working days, at least 1.</param>
[GenerateSerializer, Immutable]
public sealed record WorkingDays(int Days) : Limit
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string? Fault => Between(Days, MaxDays, "working days");
}

/// <summary>A limit in office hours of the calendar.</summary>
/// <param name="Hours">Office hours, at least 1.</param>
[GenerateSerializer, Immutable]
public sealed record WorkingHours(int Hours) : Limit
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string? Fault => Between(Hours, MaxDays, "working hours");
}

/// <summary>A limit in exact time that no calendar shortens, such as 56 days.</summary>
/// <param name="Duration">How long, exact.</param>
[GenerateSerializer, Immutable]
public sealed record CalendarTime(TimeSpan Duration) : Limit
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string? Fault => Between(Duration.TotalDays, MaxDays, "days");
}

/// <summary>A deadline that was set as an instant, by an outside system; suspensions do not move it.</summary>
/// <param name="Instant">The instant.</param>
[GenerateSerializer, Immutable]
public sealed record FixedInstant(DateTimeOffset Instant) : Limit
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string? Fault =>
        Instant.Year is >= 1900 and <= 2999 ? null : "A deadline lies between the years 1900 and 2999.";
}
