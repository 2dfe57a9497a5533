using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>Roles of those who act on a case.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<Role>))]
public enum Role
{
    /// <summary>The applicant or somebody on the public side.</summary>
    Applicant,

    /// <summary>Window clerk (窗口人员).</summary>
    Clerk,

    /// <summary>Handler of a department (经办人).</summary>
    Handler,

    /// <summary>Head of a department (负责人).</summary>
    Head,

    /// <summary>Supervision officer (监察员).</summary>
    Officer,

    /// <summary>Administrator.</summary>
    Admin,

    /// <summary>The system itself: wake-ups, imports, the exchange with other platforms.</summary>
    System,
}

/// <summary>Who acts.</summary>
/// <param name="User">Account; <c>public</c> or <c>system</c> when it is nobody's.</param>
/// <param name="Department">Code of the person's department; null for those who belong to none.</param>
/// <param name="Roles">The person's roles.</param>
[GenerateSerializer, Immutable]
public sealed record Actor(string User, string? Department, ImmutableArray<Role> Roles)
{
    /// <summary>The system itself.</summary>
    public static Actor System { get; } = new("system", null, [Role.System]);

    /// <summary>Somebody on the public side.</summary>
    public static Actor Public { get; } = new("public", null, [Role.Applicant]);

    /// <summary>Whether the person has a role.</summary>
    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>Whether the person is a handler or the head of a department.</summary>
    public bool Works(string department) => Department == department && (Is(Role.Handler) || Is(Role.Head));

    /// <summary>Whether the person heads a department.</summary>
    public bool Heads(string department) => Department == department && Is(Role.Head);
}
