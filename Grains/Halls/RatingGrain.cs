using System.Collections.Immutable;
using System.Text;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Ratings;
using OneStop.Domain.Supervision.Statistics;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Accounts;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Records;
using OneStop.Grains.Supervision;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Halls;

/// <summary>The rating of one ticket, with the clock of its rectification.</summary>
public sealed class RatingGrain(IJournal journal, TimeProvider time, Definitions definitions)
    : EventSourcedGrain<RatingState, RatingEvent>(journal, time), IRatingGrain
{
    private const string Remark = "remark";
    private const string Answer = "answer";

    private Ticket? ticket;
    private string? department;

    /// <inheritdoc/>
    protected override string StreamName => "rating/" + Id;

    /// <inheritdoc/>
    protected override RatingState Empty => RatingState.Initial;

    private string Id => this.GetPrimaryKeyString();

    private string Subject => "ticket/" + Id;

    /// <inheritdoc/>
    public async Task<RatingView> Rate(CommandInfo info, Grade grade, string? remark)
    {
        ticket = await TicketAsync();
        return await ExecuteAsync(
            info,
            (state, now) => RatingRules.Rate(state, ticket, grade, remark is null ? null : Remark, definitions.Calendar(null), info.Actor, now),
            ViewOf,
            remark is null ? [] : [new Document(Subject, Remark, Encoding.UTF8.GetBytes(remark))]);
    }

    /// <inheritdoc/>
    public async Task<RatingView> Rectify(CommandInfo info, string answer)
    {
        ticket = await TicketAsync();
        return await ExecuteAsync(
            info,
            (state, now) => RatingRules.Rectify(state, Id, Answer, info.Actor, now),
            ViewOf,
            [new Document(Subject, Answer, Encoding.UTF8.GetBytes(answer))]);
    }

    /// <inheritdoc/>
    public async Task<RatingFile> File()
    {
        await LoadAsync();
        if (State.Grade is null) throw Refusals.Unknown("rating", Id);
        return new RatingFile(ViewOf(State), await TextAsync(Remark), await TextAsync(Answer));
    }

    /// <inheritdoc/>
    public async Task WakeUp(DateTimeOffset due)
    {
        await LoadAsync();
        ticket = await TicketAsync();
        var head = Head;
        await ExecuteAsync(
            new CommandInfo("system", "", "", MayRepeat: false, "system"),
            (state, now) => RatingRules.FallDue(state, Id, now > due ? now : due),
            after => after.Standing);
        if (Head == head) await WriteWakeUpAsync();
    }

    /// <inheritdoc/>
    protected override RatingState Evolve(RatingState state, RatingEvent e) => state.Evolve(e);

    /// <inheritdoc/>
    protected override IEnumerable<RowChange> Rows(RatingState before, RatingState after, ImmutableArray<RatingEvent> events, long head)
    {
        yield return RowChange.Put(
            Tables.Ratings,
            Id,
            ticket!.Number,
            ticket.Hall,
            ticket.Service,
            ticket.Counter,
            ticket.Clerk,
            CamelCase.Of(after.Grade!.Value),
            CamelCase.Of(after.Standing),
            after.RatedAt!.Value.Micros(),
            after.RectificationDueAt?.Micros(),
            after.RectifiedAt?.Micros());
        var rated = new ServiceRated(
            definitions.Calendar(null).DateOf(after.RatedAt.Value), department ?? "", "", null, ticket.Clerk, after.Grade.Value, after.OverdueAt is not null);
        yield return PerformanceRows.Of(StreamName, head, events[^1].At, [rated]);
    }

    /// <inheritdoc/>
    protected override WakeUpChange WakeUpOf(RatingState state) => state.NextDueAt is { } due
        ? WakeUpChange.Set(DeadlineGrain.ShardOf(StreamName), due.Micros())
        : WakeUpChange.Clear;

    /// <inheritdoc/>
    protected override async ValueTask CommittedAsync(RatingState before, RatingState after, ImmutableArray<RatingEvent> events)
    {
        if (before.NextDueAt != after.NextDueAt) await DeadlineGrain.TellAsync(GrainFactory, StreamName, after.NextDueAt, Head);
    }

    private async ValueTask<Ticket> TicketAsync()
    {
        var rows = await Journal.QueryAsync(new RowQuery(Tables.Tickets) { Where = [new("id", RowOperator.Equal, Id)], Limit = 1 });
        if (rows.IsEmpty) throw Refusals.Unknown("ticket", Id);
        var read = TicketRow.Read(rows[0]);
        if (read.Clerk is { } clerk) department = (await GrainFactory.GetGrain<IAccountGrain>(clerk).Find())?.Department;
        return read;
    }

    private async ValueTask<string?> TextAsync(string id) =>
        await Journal.ReadDocumentAsync(Subject, id) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private RatingView ViewOf(RatingState state) => new(Id, state.Grade!.Value, state.Standing, state.RectificationDueAt);
}
