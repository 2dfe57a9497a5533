using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Deadlines;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>What a case gives a receipt (凭证) of. Accepting, refusing and asking for corrections each give a dated one (article 32).</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<CaseReceiptKind>))]
public enum CaseReceiptKind
{
    /// <summary>The application and its materials came in (收件).</summary>
    Received,

    /// <summary>All that is missing was said, once (补正告知).</summary>
    Correction,

    /// <summary>What was missing came in (补件).</summary>
    Supplement,

    /// <summary>It is accepted, also because nobody acted in time (受理).</summary>
    Acceptance,

    /// <summary>It was refused before acceptance (不予受理).</summary>
    Refusal,

    /// <summary>The fee was paid or waived (收费).</summary>
    Fee,
}

/// <summary>A receipt of a case: for its applicant, so nobody who worked on it stands there. No secret does either.</summary>
/// <param name="Kind">What it is a receipt of; a case gives one of each kind at most.</param>
/// <param name="At">Its date.</param>
/// <param name="AcceptanceNumber">The case.</param>
/// <param name="Item">Name of its item.</param>
/// <param name="Department">Code of the department in charge.</param>
/// <param name="Calendar">Code of the calendar whose local time its dates are written in.</param>
[GenerateSerializer, Immutable]
public sealed record CaseReceipt(
    CaseReceiptKind Kind, DateTimeOffset At, string AcceptanceNumber, LocalizedText Item, string Department, string Calendar)
{
    /// <summary>When the application was received. Default: null, not known.</summary>
    [Id(0)]
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The materials that were handed in, or what is missing. Default: nothing.</summary>
    [Id(1)]
    public ImmutableArray<LocalizedText> Things { get; init; } = [];

    /// <summary>From when it counts as accepted. Default: null, the receipt says nothing about it.</summary>
    [Id(2)]
    public DateTimeOffset? AcceptedFrom { get; init; }

    /// <summary>Whether it is accepted because nobody acted in time.</summary>
    [Id(3)]
    public bool Deemed { get; init; }

    /// <summary>The law's limit for the decision. Default: null, the receipt says nothing about it.</summary>
    [Id(4)]
    public Limit? StatutoryLimit { get; init; }

    /// <summary>The promised limit. Default: null, none.</summary>
    [Id(5)]
    public Limit? CommittedLimit { get; init; }

    /// <summary>The law or rule that a refusal, a fee or a waiver rests on. Default: null, none.</summary>
    [Id(6)]
    public string? Basis { get; init; }

    /// <summary>Reference of the document with the reason of a refusal. Default: null, none.</summary>
    [Id(7)]
    public string? ReasonReference { get; init; }

    /// <summary>The reason itself, once the document was read. Default: null, there is none or it was erased.</summary>
    [Id(8)]
    public string? Reason { get; init; }

    /// <summary>The fee that was paid or waived. Default: null, it is no receipt of one.</summary>
    [Id(9)]
    public CaseFee? Fee { get; init; }
}
