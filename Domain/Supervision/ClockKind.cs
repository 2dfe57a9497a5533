using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Supervision;

/// <summary>What a clock measures (A7).</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<ClockKind>))]
public enum ClockKind
{
    /// <summary>Looking at what came in online, before acceptance (预受理).</summary>
    PreAcceptance,

    /// <summary>Accepting, refusing or asking for corrections (article 32).</summary>
    Acceptance,

    /// <summary>The time the law gives (法定时限).</summary>
    Statutory,

    /// <summary>The time the department promises (承诺时限).</summary>
    Committed,

    /// <summary>One step or branch.</summary>
    Step,

    /// <summary>A special procedure that suspends the others (article 45).</summary>
    SpecialProcedure,

    /// <summary>Delivery of the decision (article 44).</summary>
    Delivery,

    /// <summary>The department's explanation of a card (陈述申辩).</summary>
    Explanation,
}

/// <summary>Levels of electronic supervision (电子监察).</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<CardLevel>))]
public enum CardLevel
{
    /// <summary>Warning (预警).</summary>
    Warning = 1,

    /// <summary>Yellow card (黄牌).</summary>
    Yellow = 2,

    /// <summary>Red card (红牌).</summary>
    Red = 3,
}

/// <summary>What a wallboard shows for a case or a step: the highest level in force.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<Light>))]
public enum Light
{
    /// <summary>No level is in force.</summary>
    Green = 0,

    /// <summary>Warning.</summary>
    Warning = 1,

    /// <summary>Yellow.</summary>
    Yellow = 2,

    /// <summary>Red.</summary>
    Red = 3,
}
