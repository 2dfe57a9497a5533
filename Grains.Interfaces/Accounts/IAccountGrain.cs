using OneStop.Domain.Accounts;
using Orleans;

namespace OneStop.Grains.Interfaces.Accounts;

/// <summary>A staff account; the key is its sign-in name.</summary>
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Makes the account.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="account">The account.</param>
    /// <param name="passwordHash">Its password, hashed at the edge by <see cref="PasswordHash"/>.</param>
    Task<Account> Create(CommandInfo info, Account account, string passwordHash);

    /// <summary>The account, when the password is right; null when it is not or there is no such account.</summary>
    /// <exception cref="Domain.OneStopException"><c>too-many-requests</c>: too many wrong passwords in a row.</exception>
    Task<Account?> SignIn(string password);

    /// <summary>The account; null when there is none of this name.</summary>
    Task<Account?> Find();
}
