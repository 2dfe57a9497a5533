using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Accounts;

/// <summary>A staff account and what its holder may do. It holds no name and no password.</summary>
/// <param name="User">Its sign-in name, lower case.</param>
/// <param name="Roles">Its roles, see <see cref="Roles"/>.</param>
/// <param name="Department">The department its holder works for; null for none.</param>
/// <param name="Hall">The hall its holder works in; null for none.</param>
/// <param name="Counter">The counter its holder usually works at; null for none.</param>
[GenerateSerializer, Immutable]
public sealed record Account(string User, ImmutableArray<string> Roles, string? Department, string? Hall, string? Counter);

/// <summary>Roles of staff.</summary>
public static class Roles
{
    /// <summary>Takes applications in and serves at a counter (窗口人员).</summary>
    public const string Clerk = "clerk";

    /// <summary>Works on steps of a department (经办人).</summary>
    public const string Handler = "handler";

    /// <summary>Heads a department: decides and extends (负责人).</summary>
    public const string Head = "head";

    /// <summary>Supervises (监察员).</summary>
    public const string Officer = "officer";

    /// <summary>Administers the installation (管理员).</summary>
    public const string Admin = "admin";
}

/// <summary>What happens to an account.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who did it.</param>
[GenerateSerializer, Immutable]
public abstract record AccountEvent(DateTimeOffset At, string Actor) : IDomainEvent;

/// <summary>An account was made.</summary>
[GenerateSerializer, Immutable, EventType("account.created", 1)]
public sealed record AccountCreated(DateTimeOffset At, string Actor, Account Account) : AccountEvent(At, Actor);

/// <summary>An account with its history.</summary>
/// <param name="Account">The account; null before it is made.</param>
[GenerateSerializer, Immutable]
public sealed record AccountState(Account? Account)
{
    /// <summary>No account yet.</summary>
    public static AccountState None { get; } = new((Account?)null);

    /// <summary>Makes the account.</summary>
    public Decision<AccountEvent> Create(Account account, string actor, DateTimeOffset now) =>
        Account is null
            ? Decision<AccountEvent>.Of(new AccountCreated(now, actor, account))
            : Refusals.Conflict("account-exists", $"There is already an account '{account.User}'.");

    /// <summary>The state after an event.</summary>
    public AccountState Evolve(AccountEvent e) => e is AccountCreated created ? new AccountState(created.Account) : this;
}
