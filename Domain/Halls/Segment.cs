using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>The kind of visitor a ticket is for (号别).</summary>
[GenerateSerializer]
[JsonConverter(typeof(CamelCaseEnumConverter<Segment>))]
public enum Segment
{
    /// <summary>Walk-in without a claim to be served earlier (普通).</summary>
    Ordinary,

    /// <summary>Booked for this time (预约).</summary>
    Appointment,

    /// <summary>Green channel (绿色通道): elderly, disabled, servicemen, pregnant.</summary>
    Green,
}
