using System.Text;
using OneStop.Domain;
using OneStop.Domain.Accounts;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Accounts;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Accounts;

/// <summary>A staff account. Its password's hash is a document beside the stream, so that it can be replaced.</summary>
public sealed class AccountGrain(IJournal journal, TimeProvider time)
    : EventSourcedGrain<AccountState, AccountEvent>(journal, time), IAccountGrain
{
    private const string PasswordDocument = "password";

    private GuessGuard guard = GuessGuard.Open;

    /// <inheritdoc/>
    protected override string StreamName => "account/" + this.GetPrimaryKeyString();

    /// <inheritdoc/>
    protected override AccountState Empty => AccountState.None;

    /// <inheritdoc/>
    public Task<Account> Create(CommandInfo info, Account account, string passwordHash) => ExecuteAsync(
        info,
        (state, now) => state.Create(account, info.Actor, now),
        after => after.Account!,
        [new Document(StreamName, PasswordDocument, Encoding.UTF8.GetBytes(passwordHash))]);

    /// <inheritdoc/>
    public async Task<Account?> Find()
    {
        await LoadAsync();
        return State.Account;
    }

    /// <inheritdoc/>
    public async Task<Account?> SignIn(string password)
    {
        await LoadAsync();
        if (guard.Refusal(Now) is { } refusal) throw refusal;
        var right = State.Account is not null
            && await Journal.ReadDocumentAsync(StreamName, PasswordDocument) is { } kept
            && PasswordHash.Verify(password, Encoding.UTF8.GetString(kept));
        guard = right ? GuessGuard.Open : guard.AfterWrong(GuessLimit.Passwords, Now);
        return right ? State.Account : null;
    }

    /// <inheritdoc/>
    protected override AccountState Evolve(AccountState state, AccountEvent e) => state.Evolve(e);
}
