using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>Where an application came in.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<Channel>))]
public enum Channel
{
    /// <summary>The portal.</summary>
    Portal,

    /// <summary>A counter of a hall.</summary>
    Desk,

    /// <summary>A kiosk.</summary>
    Kiosk,

    /// <summary>The telephone service.</summary>
    Phone,

    /// <summary>Another platform.</summary>
    Exchange,
}

/// <summary>Where a case is in its course.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<ApplicationStatus>))]
public enum ApplicationStatus
{
    /// <summary>Received, not accepted yet.</summary>
    Received,

    /// <summary>Corrections were requested and not handed in yet (补正).</summary>
    Correcting,

    /// <summary>Accepted (受理), without steps to take.</summary>
    Accepted,

    /// <summary>Its steps are being taken, or it waits for the decision after them.</summary>
    Handling,

    /// <summary>A special procedure runs (article 45).</summary>
    Suspended,

    /// <summary>Decided, not delivered yet.</summary>
    Decided,

    /// <summary>Delivered; nothing is left to do. Also a case whose end was reported.</summary>
    Delivered,

    /// <summary>Refused before acceptance (不予受理).</summary>
    Refused,

    /// <summary>Withdrawn by the applicant.</summary>
    Withdrawn,
}

/// <summary>Special procedures that are not counted (article 45), the applicant being told how long they take.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<SpecialProcedure>))]
public enum SpecialProcedure
{
    /// <summary>Hearing (听证).</summary>
    Hearing,

    /// <summary>Tender (招标).</summary>
    Tender,

    /// <summary>Auction (拍卖).</summary>
    Auction,

    /// <summary>Inspection (检验).</summary>
    Inspection,

    /// <summary>Testing (检测).</summary>
    Testing,

    /// <summary>Quarantine (检疫).</summary>
    Quarantine,

    /// <summary>Appraisal (鉴定).</summary>
    Appraisal,

    /// <summary>Expert review (专家评审).</summary>
    ExpertReview,
}

/// <summary>Outcomes of a step.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<StepOutcome>))]
public enum StepOutcome
{
    /// <summary>Approved.</summary>
    Approved,

    /// <summary>Rejected; the case can only be denied.</summary>
    Rejected,

    /// <summary>Returned to the applicant (退件); the case can only be denied.</summary>
    Returned,
}

/// <summary>Outcomes of a case.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<ApplicationOutcome>))]
public enum ApplicationOutcome
{
    /// <summary>Granted (准予).</summary>
    Granted,

    /// <summary>Denied (不予); needs a reason.</summary>
    Denied,
}

/// <summary>Where a step is in its course.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<StepStatus>))]
public enum StepStatus
{
    /// <summary>An earlier stage is not complete.</summary>
    Waiting,

    /// <summary>Anybody of the department can claim it.</summary>
    Open,

    /// <summary>Somebody has it.</summary>
    Claimed,

    /// <summary>It is complete.</summary>
    Done,
}
