using Microsoft.Extensions.Logging;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Feeds;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Measures;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace OneStop.Grains.Halls;

/// <summary>One ticket for its holder. It keeps nothing: the row says where the ticket is, the queue its place.</summary>
public sealed partial class TicketGrain(
    IJournal journal, TimeProvider time, Definitions definitions, TownMeasures measures, ILogger<TicketGrain> logger) : Grain, ITicketGrain
{
    private LiveFeed? feed;
    private TicketView? shown;
    private StreamSubscriptionHandle<FeedChanges>? hallChanges;
    private FeedVersion? hallSeen;
    private string? watchedEpoch;

    /// <inheritdoc/>
    public async Task<TicketView> View() => await ViewAsync();

    /// <inheritdoc/>
    public async Task<TicketView> Cancel(CommandInfo info)
    {
        var ticket = await ReadAsync();
        return await GrainFactory.GetGrain<IQueueGrain>(HallKeys.Of(ticket.Hall, ticket.Service)).Cancel(info, ticket.Id);
    }

    /// <inheritdoc/>
    public async Task<FeedSnapshot> Snapshot()
    {
        var view = shown = await ViewAsync();
        feed ??= new LiveFeed(this, "ticket/" + view.Id, time, measures.Feeds, logger, () => shown!);
        hallChanges ??= await this.GetStreamProvider(FeedStreams.Provider)
            .GetStream<FeedChanges>(StreamId.Create(FeedStreams.Namespace, "hall/" + view.Hall))
            .SubscribeAsync((changes, _) => RefreshAsync(new FeedVersion(changes.Epoch, changes.FromVersion + changes.Changes.Length)));
        await WatchHallAsync(view.Hall);
        return await feed.SnapshotAsync();
    }

    /// <inheritdoc/>
    public async Task<FeedVersion> Version()
    {
        if (feed is null) await Snapshot();
        var hall = await GrainFactory.GetGrain<IHallGrain>(shown!.Hall).Version();
        // A hall that began again, on another silo perhaps, is watched by nobody yet.
        if (hall.Epoch != watchedEpoch) await WatchHallAsync(shown.Hall);
        // The hall's changes are hints: one that was lost is made good here, or a page would wait for the hall's next one.
        if (hallSeen != hall) await RefreshAsync(hall);
        return feed!.Version();
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (hallChanges is not null) await hallChanges.UnsubscribeAsync();
    }

    // A hall publishes while somebody watches it: whoever watches a ticket does. To be asked for its version keeps it watched.
    private async Task WatchHallAsync(string hall) => watchedEpoch = (await GrainFactory.GetGrain<IHallGrain>(hall).Snapshot()).Epoch;

    private async Task RefreshAsync(FeedVersion hall)
    {
        shown = await ViewAsync();
        hallSeen = hall;
        if (feed is not null) await feed.ChangedAsync();
    }

    private async ValueTask<TicketView> ViewAsync()
    {
        var ticket = await ReadAsync();
        if (ticket.State != TicketState.Waiting) return TicketView.Of(ticket);
        var position = await GrainFactory.GetGrain<IQueueGrain>(HallKeys.Of(ticket.Hall, ticket.Service)).Position(ticket.Id);
        if (position is null) return TicketView.Of(await ReadAsync());
        var wait = await GrainFactory.GetGrain<IWaitGrain>(ticket.Hall).Of(ticket.Id) ?? position.Ticket.Estimated;
        if (wait is null)
        {
            var staffing = await GrainFactory.GetGrain<IHallGrain>(ticket.Hall).StaffingOf(position.Ticket.Service);
            wait = staffing.Estimate(position.Ahead);
        }

        return TicketView.Of(position.Ticket, position.Ahead, wait);
    }

    private async ValueTask<Ticket> ReadAsync()
    {
        return await FindAsync(this.GetPrimaryKeyString()) ?? throw Refusals.Unknown("ticket", this.GetPrimaryKeyString());
    }

    private async ValueTask<Ticket?> FindAsync(string id)
    {
        var rows = await journal.QueryAsync(new RowQuery(Tables.Tickets) { Where = [new("id", RowOperator.Equal, id)], Limit = 1 });
        return rows.IsEmpty ? null : TicketRow.Read(rows[0]);
    }
}
