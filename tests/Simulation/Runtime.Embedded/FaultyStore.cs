using OneStop.Journal;
using OneStop.Tests;

namespace OneStop.Simulations;

/// <summary>
/// A real record whose appends fail by the dice: nothing became durable, or all of it did and nobody was told. A dead one
/// takes nothing any more, as for a process that was killed.
/// </summary>
internal sealed class FaultyStore(IJournal inner, Random dice) : JournalDecorator(inner)
{
    private int untilDeath = int.MaxValue;

    /// <summary>How often an append fails. Default: never.</summary>
    public double FailureRate { get; set; }

    /// <summary>Whether the process that writes here is dead.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Dies at one of the next appends.</summary>
    public void DieAfter(int appends) => untilDeath = appends;

    public override async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default)
    {
        if (--untilDeath <= 0) IsDead = true;
        var (fails, before) = (IsDead || dice.NextDouble() < FailureRate, dice.Next(2) == 0);
        if (fails && before) throw Gone();
        var result = await base.AppendAsync(request, cancellationToken);
        return fails ? throw Gone() : result;
    }

    private static StoreUnavailableException Gone() => new("The dice cut it off.");
}
