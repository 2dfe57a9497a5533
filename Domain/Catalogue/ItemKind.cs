using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Catalogue;

/// <summary>Kinds of service item (A5, A13).</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<ItemKind>))]
public enum ItemKind
{
    /// <summary>Decided on the spot (即办件).</summary>
    Instant,

    /// <summary>Decided within a promised time (承诺件).</summary>
    Commitment,

    /// <summary>Decided by several departments together (并联件, 联办件).</summary>
    Joint,

    /// <summary>Examined here and decided by a higher level (上报件).</summary>
    ReportUp,

    /// <summary>A complaint (投诉).</summary>
    Complaint,

    /// <summary>A consultation or enquiry (咨询).</summary>
    Consultation,

    /// <summary>A letter to the mayor's mailbox (市长信箱).</summary>
    Mailbox,

    /// <summary>Rectification after a bad rating (差评整改).</summary>
    Rectification,

    /// <summary>A document in circulation (公文流转).</summary>
    Document,

    /// <summary>An application for relief (救助).</summary>
    Relief,

    /// <summary>An urban-management event (城管事件).</summary>
    UrbanManagement,

    /// <summary>A case that an outside system runs and reports.</summary>
    Reported,
}

/// <summary>The role a step asks for.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<StepRole>))]
public enum StepRole
{
    /// <summary>Handler (经办人); the head may do it as well.</summary>
    Handler,

    /// <summary>Head of the department (负责人).</summary>
    Head,

    /// <summary>Window clerk (窗口人员); handler and head may do it as well.</summary>
    Clerk,
}
