using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Licences;
using OneStop.Grains.Interfaces.Applications;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Licences;

/// <summary>One licence (证照); the key is its number.</summary>
public interface ILicenceGrain : IWakeable
{
    /// <summary>Carries a command of staff out.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="command">The command.</param>
    /// <param name="texts">Texts it refers to, kept apart and encrypted.</param>
    /// <exception cref="OneStopException"><c>unknown-licence</c>, and those of <see cref="LicenceRules.Decide"/>.</exception>
    Task<LicenceView> Execute(CommandInfo info, Actor actor, LicenceCommand command, ImmutableArray<CaseText> texts);

    /// <summary>The licence as anybody may see it: nothing of its holder stands in it.</summary>
    [ReadOnly]
    Task<LicenceView> View();

    /// <summary>Everything that happened to it, in order.</summary>
    [ReadOnly]
    Task<ImmutableArray<TimelineEntry>> Timeline();
}

/// <summary>The register of licences; the key is <see cref="Key"/>.</summary>
public interface ILicenceRegisterGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "register";

    /// <summary>Licences, by number.</summary>
    Task<ImmutableArray<LicenceView>> Licences(LicenceQuestion question);
}

/// <summary>Which licences; null means any.</summary>
/// <param name="Department">Code of the department that answers for them.</param>
/// <param name="Item">Code of their item.</param>
/// <param name="State">How they stand.</param>
/// <param name="EndsBefore">Whose time is over before this instant.</param>
/// <param name="After">Numbers after this one.</param>
/// <param name="Limit">How many at most.</param>
[GenerateSerializer, Immutable]
public sealed record LicenceQuestion(string? Department, string? Item, LicenceStanding? State, DateTimeOffset? EndsBefore, string? After, int Limit);

/// <summary>A licence as anybody may see it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Item">Code of the item that was granted.</param>
/// <param name="Department">Code of the department that answers for it.</param>
/// <param name="State">How it stands.</param>
/// <param name="IssuedAt">From when it is valid.</param>
/// <param name="ValidUntil">When its time is over; null for one without end.</param>
/// <param name="InspectionDueAt">By when it must be inspected next; null when it is not inspected.</param>
/// <param name="InspectedAt">When it was inspected last; null for never.</param>
/// <param name="EndedAt">When it expired or was revoked; null while it is in force.</param>
[GenerateSerializer, Immutable]
public sealed record LicenceView(
    string Number,
    LocalizedText Name,
    string Item,
    string Department,
    LicenceStanding State,
    DateTimeOffset IssuedAt,
    DateTimeOffset? ValidUntil,
    DateTimeOffset? InspectionDueAt,
    DateTimeOffset? InspectedAt,
    DateTimeOffset? EndedAt);
