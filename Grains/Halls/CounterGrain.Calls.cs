using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Halls;

/// <summary>What a counter does together with queues, always in its own turn.</summary>
public sealed partial class CounterGrain
{
    // Each lost race means that another counter got a ticket; a counter that loses this often is better told to press again.
    private const int MaxRaces = 100;

    /// <inheritdoc/>
    public async Task<CallAnswer> CallNext(CommandInfo info)
    {
        if (await RefusedOrAnsweredAsync(info) is { } first) return first;
        return (await NextAsync(info)).Called ?? await NobodyWaitsAsync(info);
    }

    // Who was called, or else when somebody may be called by helping out.
    private async ValueTask<(CallAnswer? Called, DateTimeOffset? Later)> NextAsync(CommandInfo info)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var offers = await OffersAsync();
            if (CounterChoice.Choose(Hall.Policy, Profile.Id, State.Turns, offers, Now) is not { } call) return (null, CounterChoice.NextSupport(offers));
            if (await CallAsync(info, call.Service!, call with { Pools = Pools }) is { } answer) return (answer, null);
        }

        throw new OneStopException(RefusalKind.Unavailable, "too-many-requests", "Many counters are calling at once; press again.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };
    }

    /// <inheritdoc/>
    public async Task<CallAnswer> CallNamed(CommandInfo info, string ticketId)
    {
        if (await RefusedOrAnsweredAsync(info) is { } first) return first;
        // The row, not the ticket's grain: that asks the hall, and the hall may just be asking this counter.
        var rows = await Journal.QueryAsync(new RowQuery(Tables.Tickets) { Where = [new("id", RowOperator.Equal, ticketId)], Limit = 1 });
        var ticket = rows.IsEmpty ? throw Refusals.Unknown("ticket", ticketId) : TicketRow.Read(rows[0]);
        if (ticket.Hall != Hall.Id || !Profile.Services.Contains(ticket.Service))
            throw Refusals.WrongState("This ticket is not for a service of this counter.");
        return await CallAsync(info, ticket.Service, new CounterCall(Profile.Id, ticketId) { Pools = Pools })
            ?? throw Refusals.WrongState("This ticket is not waiting.");
    }

    /// <inheritdoc/>
    public async Task<TicketView> Transfer(CommandInfo info, string? service, string? counter, string? pool)
    {
        await LoadAsync();
        return await HandOverAsync(info, Destination.Of(Hall, service ?? State.Active?.Service ?? Profile.Services[0], counter, pool), null);
    }

    /// <inheritdoc/>
    public Task<TicketView> Redirect(CommandInfo info, string service, string? counter, string? pool, string newTicketId) =>
        HandOverAsync(info, Destination.Of(Hall, service, counter, pool), newTicketId);

    private ImmutableArray<string> Pools => Hall.PoolsOf(Profile.Id);

    private async ValueTask<CallAnswer?> RefusedOrAnsweredAsync(CommandInfo info)
    {
        await LoadAsync();
        if (CounterRules.MayCall(State, info.Actor) is not { } refusal) return null;
        return info.MayRepeat && await FirstAnswerAsync(info) is { } first ? Decode<CallAnswer>(first) : throw refusal;
    }

    private async ValueTask<ImmutableArray<QueueOffer>> OffersAsync()
    {
        var asked = CounterChoice.QueuesToAsk(Profile, State)
            .Select(queue => (queue, offer: Queue(queue.Service).Offer(Profile.Id, queue.KeptOnly, Pools))).ToArray();
        var offers = ImmutableArray.CreateBuilder<QueueOffer>();
        foreach (var (queue, task) in asked)
            if (await task is { } offer)
                offers.Add(new QueueOffer(queue, offer.Heads, offer.Heads.MinBy(head => head.TakenAt)));
        return offers.ToImmutable();
    }

    private async ValueTask<CallAnswer?> CallAsync(CommandInfo info, string service, CounterCall call)
    {
        var result = await WithQueueAsync(() => Queue(service).Call(new CallRequest(info, StreamName, Head, call)));
        if (result?.Assigned is { } assigned) await AppliedElsewhereAsync(assigned);
        return result?.Answer;
    }

    private async ValueTask<CallAnswer> NobodyWaitsAsync(CommandInfo info)
    {
        if (info.MayRepeat && await FirstAnswerAsync(info) is { } first) return Decode<CallAnswer>(first);
        var nobody = new CallAnswer(null, null);
        await RecordAnswerAsync(info, nobody);
        return nobody;
    }

    private async Task<TicketView> HandOverAsync(CommandInfo info, Destination to, string? newTicketId)
    {
        await LoadAsync();
        var decision = CounterRules.HandOver(State, to.Service, newTicketId, info.Actor, Now);
        if (decision.Refusal is not null && info.MayRepeat && await FirstAnswerAsync(info) is { } first) return Decode<TicketView>(first);
        var over = (TicketHandedOver)decision.OrThrow()[0];
        var left = State.Evolve(over).LastMoved!;
        var next = newTicketId is null ? null : new TakeTicket(newTicketId, to.Service, left.Segment, left.Language, left.Id) { OnlyCounter = to.OnlyCounter, Pool = to.Pool };
        var result = await WithQueueAsync(() =>
            Queue(to.Service).HandOver(new HandOverRequest(info, StreamName, Head, over, left, to, next)));
        if (result.Fresh) await AppliedElsewhereAsync(over);
        return result.Answer;
    }

    // The queue appends to this counter's stream. Unless it says how that ended, only the record can tell.
    private async ValueTask<T> WithQueueAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (StaleCompanionException)
        {
            Forget();
            throw new OneStopException(RefusalKind.Unavailable, "store-unavailable", "This counter is being used elsewhere too; try again.")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            };
        }
        catch (Exception e) when (e is not OneStopException { Kind: not RefusalKind.Unavailable })
        {
            Forget();
            throw;
        }
    }

    private IQueueGrain Queue(string service) => GrainFactory.GetGrain<IQueueGrain>(HallKeys.Of(Hall.Id, service));
}
