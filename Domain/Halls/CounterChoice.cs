using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>Which of the queues that a counter asked gives it its next ticket.</summary>
public static class CounterChoice
{
    /// <summary>The queues to ask: those of the profile, also for tickets kept for this counter, and those it may help out with.</summary>
    public static ImmutableArray<AskedQueue> QueuesToAsk(CounterDefinition profile, CounterState state)
    {
        var asked = ImmutableArray.CreateBuilder<AskedQueue>();
        foreach (var service in profile.Services)
            asked.Add(new AskedQueue(service, !state.Services.Contains(service), null));
        foreach (var support in profile.Supports)
            if (!profile.Services.Contains(support.Service))
                asked.Add(new AskedQueue(support.Service, false, support));
        return asked.ToImmutable();
    }

    /// <summary>When the first service that the counter may help out with will have waited long enough; null when nobody waits for one.</summary>
    public static DateTimeOffset? NextSupport(ImmutableArray<QueueOffer> offers) =>
        offers.Min(o => o is { Asked.Support: { } support, Oldest: { } oldest } ? oldest.TakenAt + support.WhenWaits : (DateTimeOffset?)null);

    /// <summary>The offer to take, with the counter's call for that queue; null when the counter may call nobody now.</summary>
    /// <param name="policy">The hall's policy.</param>
    /// <param name="counter">The counter.</param>
    /// <param name="turns">What it called before.</param>
    /// <param name="offers">What the queues offer.</param>
    /// <param name="now">When.</param>
    public static CounterCall? Choose(
        CallPolicy policy, string counter, CallTurns turns, ImmutableArray<QueueOffer> offers, DateTimeOffset now)
    {
        var ownWait = offers.Any(o => o.Asked.Support is null && !o.Heads.IsEmpty);
        var open = offers.Where(o => o.Asked.Support is not { } support || support.Applies(o.Oldest?.TakenAt, ownWait, now)).ToList();
        var heads = open.SelectMany(o => o.Heads.Select(head => (o.Asked, Head: head))).ToList();
        if (heads.Count == 0) return null;
        CallCandidate[] candidates = [.. heads.Select(h => CallCandidate.Of(h.Head))];
        var choice = policy.Choose(candidates, turns, now.UtcTicks);
        var (asked, head) = heads[choice.Index];
        return new CounterCall(counter, KeptOnly: asked.KeptOnly, OldestElsewhere: open.Select(o => o.Oldest).OfType<Ticket>().MinBy(t => t.TakenAt))
        {
            Service = asked.Service,
            Turns = turns,
            Support = asked.Support,
            Chosen = head.Id,
            Rule = choice.Rule,
            Ratio = choice.Ratio,
        };
    }
}

/// <summary>A queue that a counter asks.</summary>
/// <param name="Service">Its service.</param>
/// <param name="KeptOnly">Only tickets kept for this counter: it does not serve this service today.</param>
/// <param name="Support">Set when it would only help out.</param>
public sealed record AskedQueue(string Service, bool KeptOnly, SupportedService? Support);

/// <summary>What a queue has for a counter.</summary>
/// <param name="Asked">The queue.</param>
/// <param name="Heads">The longest waiting ticket of each segment that the counter may call.</param>
/// <param name="Oldest">The longest waiting of these.</param>
public sealed record QueueOffer(AskedQueue Asked, ImmutableArray<Ticket> Heads, Ticket? Oldest);

/// <summary>A service that a counter helps out with (支援) under a condition.</summary>
/// <param name="Service">The service.</param>
/// <param name="WhenWaits">Once its longest waiting ticket has waited this long.</param>
/// <param name="OnlyWhenIdle">And only while nobody waits for the counter's own services. Default: false.</param>
[GenerateSerializer, Immutable]
public sealed record SupportedService(string Service, TimeSpan WhenWaits, bool OnlyWhenIdle = false)
{
    /// <summary>Whether the condition holds.</summary>
    /// <param name="oldest">When the service's longest waiting ticket was taken; null when nobody waits.</param>
    /// <param name="ownWait">Whether somebody waits for the counter's own services.</param>
    /// <param name="now">When.</param>
    public bool Applies(DateTimeOffset? oldest, bool ownWait, DateTimeOffset now) =>
        oldest is { } taken && Applies(taken.UtcTicks, ownWait, now.UtcTicks);

    /// <summary>The same in UTC ticks.</summary>
    public bool Applies(long oldest, bool ownWait, long now) => now - oldest >= WhenWaits.Ticks && !(OnlyWhenIdle && ownWait);
}
