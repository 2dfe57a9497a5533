using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Deadlines;

/// <summary>How working days are counted; a property of the rule, not of the case.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<Counting>))]
public enum Counting
{
    /// <summary>
    /// The law's way: the first day is not counted, due at 24:00 local time of the Nth working day. A start on a day
    /// off makes the first working day after it day 1. A suspension covers whole days, its first and last included.
    /// </summary>
    Days,

    /// <summary>
    /// 24 hours for each working day, by the wall clock of the calendar's time zone. A start on a day off begins at
    /// 00:00 of the next working day. A suspension covers its exact time.
    /// </summary>
    Elapsed,
}
