using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>The case was archived (归档): from now on nothing of it is changed but its personal data.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">The system.</param>
/// <param name="DueAt">When it was to be archived.</param>
/// <param name="RuleCode">The rule of retention.</param>
/// <param name="RuleVersion">Its version.</param>
[GenerateSerializer, Immutable, EventType("application.archived", 1)]
public sealed record ApplicationArchived(DateTimeOffset At, string Actor, DateTimeOffset DueAt, string RuleCode, int RuleVersion) : ApplicationEvent(At, Actor);

/// <summary>Personal data of the applicant was corrected (PIPL, article 46). What it was and is does not stand here.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who corrected it.</param>
/// <param name="Data">What was corrected.</param>
[GenerateSerializer, Immutable, EventType("application.personal-data-corrected", 1)]
public sealed record PersonalDataCorrected(DateTimeOffset At, string Actor, ImmutableArray<PersonalDatum> Data) : ApplicationEvent(At, Actor)
{
    /// <summary>The registration number that the corrected identity number gives. Default: null, it is the same.</summary>
    [Id(0)]
    public string? Registration { get; init; }
}

/// <summary>The personal data of the case, its texts among them, was destroyed (PIPL, article 47).</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who asked for it; the system when its time was over.</param>
/// <param name="Cause">Why.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason; null when its time was over.</param>
[GenerateSerializer, Immutable, EventType("application.personal-data-erased", 1)]
public sealed record PersonalDataErased(DateTimeOffset At, string Actor, ErasureCause Cause, string? ReasonReference) : ApplicationEvent(At, Actor);

/// <summary>What of an applicant's data can be corrected.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<PersonalDatum>))]
public enum PersonalDatum
{
    /// <summary>The name.</summary>
    Name,

    /// <summary>The identity number.</summary>
    IdNumber,

    /// <summary>The telephone number.</summary>
    Phone,
}

/// <summary>Why personal data is erased.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<ErasureCause>))]
public enum ErasureCause
{
    /// <summary>The time for which it is kept was over.</summary>
    Retention,

    /// <summary>Somebody asked for it.</summary>
    Request,
}
