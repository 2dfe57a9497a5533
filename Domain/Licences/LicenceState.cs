using OneStop.Domain.Catalogue;
using Orleans;

namespace OneStop.Domain.Licences;

/// <summary>A licence (证照) as its events made it.</summary>
[GenerateSerializer, Immutable]
public sealed record LicenceState
{
    /// <summary>A licence of which nothing is known.</summary>
    public static LicenceState Initial { get; } = new();

    /// <summary>Its number. Default: empty, there is none.</summary>
    [Id(0)]
    public string Number { get; init; } = "";

    /// <summary>Acceptance number of the case that granted it.</summary>
    [Id(1)]
    public string Application { get; init; } = "";

    /// <summary>Registration number (登记号) of its holder.</summary>
    [Id(2)]
    public string Holder { get; init; } = "";

    /// <summary>Code of its item.</summary>
    [Id(3)]
    public string Item { get; init; } = "";

    /// <summary>Code of the department that answers for it.</summary>
    [Id(4)]
    public string Department { get; init; } = "";

    /// <summary>Code of the calendar whose days end its terms.</summary>
    [Id(5)]
    public string Calendar { get; init; } = "";

    /// <summary>What the item's version said of it. Default: null, there is no licence.</summary>
    [Id(6)]
    public LicenceStandard? Standard { get; init; }

    /// <summary>When it was issued.</summary>
    [Id(7)]
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>When its time is over. Default: null, never.</summary>
    [Id(8)]
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>By when it must be inspected next. Default: null, it is not inspected.</summary>
    [Id(9)]
    public DateTimeOffset? InspectionDueAt { get; init; }

    /// <summary>Whether that was missed.</summary>
    [Id(10)]
    public bool InspectionMissed { get; init; }

    /// <summary>When it was inspected last. Default: null, never.</summary>
    [Id(11)]
    public DateTimeOffset? InspectedAt { get; init; }

    /// <summary>The inspection of which notice was given last. Default: null, none.</summary>
    [Id(12)]
    public DateTimeOffset? RemindedOfInspection { get; init; }

    /// <summary>The end of which notice was given last. Default: null, none.</summary>
    [Id(13)]
    public DateTimeOffset? RemindedOfValidity { get; init; }

    /// <summary>When it expired. Default: null, it did not.</summary>
    [Id(14)]
    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>When it was revoked. Default: null, it was not.</summary>
    [Id(15)]
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether there is such a licence.</summary>
    public bool Exists => Standard is not null;

    /// <summary>How it stands.</summary>
    public LicenceStanding Standing => this switch
    {
        { RevokedAt: not null } => LicenceStanding.Revoked,
        { ExpiredAt: not null } => LicenceStanding.Expired,
        { InspectionMissed: true } => LicenceStanding.InspectionOverdue,
        _ => LicenceStanding.Valid,
    };

    /// <summary>Whether its holder may use it.</summary>
    public bool IsInForce => Exists && RevokedAt is null && ExpiredAt is null;

    /// <summary>The licence after an event. Total.</summary>
    public LicenceState Evolve(LicenceEvent happened) => happened switch
    {
        LicenceIssued e => this with
        {
            Number = e.Number,
            Application = e.Application,
            Holder = e.Holder,
            Item = e.Item,
            Department = e.Department,
            Calendar = e.Calendar,
            Standard = e.Standard,
            IssuedAt = e.At,
            ValidUntil = e.ValidUntil,
            InspectionDueAt = e.InspectionDueAt,
        },
        LicenceReminded { Term: LicenceTerm.Inspection } e => this with { RemindedOfInspection = e.EndsAt },
        LicenceReminded e => this with { RemindedOfValidity = e.EndsAt },
        LicenceInspectionMissed => this with { InspectionMissed = true },
        LicenceInspected { Passed: false } e => this with { InspectedAt = e.At },
        LicenceInspected e => this with { InspectedAt = e.At, InspectionDueAt = e.NextDueAt, InspectionMissed = false },
        LicenceRenewed e => this with { ValidUntil = e.ValidUntil },
        LicenceExpired e => this with { ExpiredAt = e.ExpiredAt },
        LicenceRevoked e => this with { RevokedAt = e.At },
        _ => this,
    };
}
