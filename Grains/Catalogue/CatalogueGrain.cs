using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls;
using OneStop.Domain.Rollouts;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Records;
using OneStop.Grains.Rollouts;
using OneStop.Journal;

namespace OneStop.Grains.Catalogue;

/// <summary>
/// The definitions in force. This process has them at once; the others look every few seconds, and before anything that rests on what
/// they do not know yet.
/// </summary>
public sealed class CatalogueGrain(IJournal journal, TimeProvider time, Definitions definitions)
    : EventSourcedGrain<CatalogueState, CatalogueEvent>(journal, time), ICatalogueGrain
{
    internal const string Stream = "catalogue/town";

    /// <inheritdoc/>
    protected override string StreamName => Stream;

    /// <inheritdoc/>
    protected override CatalogueState Empty => CatalogueState.Empty;

    /// <summary>The town as a record has it; null before the first definition.</summary>
    public static async ValueTask<TownDefinition?> ReadAsync(IJournal journal)
    {
        var content = await journal.ReadAsync(Stream, withSnapshot: false);
        return content.Events.Aggregate(CatalogueState.Empty, (state, stored) => state.Evolve((CatalogueEvent)EventCodec.Decode(stored))).Town;
    }

    /// <inheritdoc/>
    public async Task<TownDefinition?> Current()
    {
        await LoadAsync();
        return State.Town;
    }

    /// <inheritdoc/>
    public async Task<KeptCatalogue?> Kept(long known)
    {
        await LoadAsync();
        return Head > known ? new KeptCatalogue(State, Head) : null;
    }

    /// <inheritdoc/>
    public async Task<TownDefinition> Define(CommandInfo info, TownDefinition town)
    {
        await LoadAsync();
        var refusal = State.Town is { } before ? HallChange.Refusal(await ObstaclesAsync(before, town)) : null;
        return (await ExecuteAsync(
            info, (state, now) => refusal ?? CatalogueState.Define(state, town, info.Actor, now), (after, _) => after.Town!, Rollouts)).Answer;
    }

    /// <inheritdoc/>
    public async Task<CalendarAnswer> Change(CommandInfo info, CalendarChange change) => (await ExecuteAsync(
        info,
        (state, now) => CatalogueState.Change(state, change, info.Actor, now),
        (after, events) =>
        {
            var calendar = after.Calendar(change.Calendar)!;
            return new CalendarAnswer(calendar.Code, calendar.Version, events.IsEmpty ? null : IdOf(calendar.Code, calendar.Version));
        },
        Rollouts)).Answer;

    /// <inheritdoc/>
    public async Task<ProposedCalendar> Propose(CalendarChange change)
    {
        await LoadAsync();
        var events = CatalogueState.Change(State, change, "", Now).OrThrow();
        return new ProposedCalendar(events.OfType<CalendarPublished>().SingleOrDefault()?.Calendar, Head);
    }

    /// <inheritdoc/>
    public Task Renew(CommandInfo info) =>
        ExecuteAsync(info, (state, now) => CatalogueState.Renew(state, info.Actor, now), (after, _) => after.Calendars.Length, Rollouts);

    /// <inheritdoc/>
    protected override CatalogueState Evolve(CatalogueState state, CatalogueEvent e) => state.Evolve(e);

    /// <inheritdoc/>
    protected override IEnumerable<RowChange> Rows(CatalogueState before, CatalogueState after, ImmutableArray<CatalogueEvent> events, long head) =>
        [RowChange.Put(Tables.Definitions, Definitions.Row, head)];

    /// <inheritdoc/>
    protected override async ValueTask CommittedAsync(CatalogueState before, CatalogueState after, ImmutableArray<CatalogueEvent> events)
    {
        definitions.Load(after, Head);
        foreach (var published in Brought(before, events))
            await DeadlineGrain.TellAsync(GrainFactory, RolloutGrain.StreamOf(IdOf(published.Calendar.Code, published.Calendar.Version)), published.At);
    }

    private async ValueTask<ImmutableArray<string>> ObstaclesAsync(TownDefinition before, TownDefinition after)
    {
        var obstacles = ImmutableArray.CreateBuilder<string>();
        foreach (var hall in HallChange.Concerned(before, after))
        {
            var rows = await Journal.QueryAsync(new RowQuery(Tables.Tickets)
            {
                Where =
                [
                    new("hall", RowOperator.Equal, hall.Id),
                    new("day", RowOperator.Equal, hall.DayAt(Now).ToString("O", CultureInfo.InvariantCulture)),
                ],
                Limit = QueueRules.MaxTicketsADay * hall.Services.Length,
            });
            obstacles.AddRange(HallChange.Obstacles(hall, after.Halls.FirstOrDefault(h => h.Id == hall.Id), [.. rows.Select(TicketRow.Read)]));
        }

        return obstacles.ToImmutable();
    }
    private static string IdOf(string calendar, int version) => string.Create(CultureInfo.InvariantCulture, $"calendar-{calendar}-{version}");

    // With the first definition of a town there is no case yet that it could be brought to.
    private static IEnumerable<CalendarPublished> Brought(CatalogueState before, ImmutableArray<CatalogueEvent> events) =>
        before.Town is null ? [] : events.OfType<CalendarPublished>();

    // In the append that publishes a calendar, the rollout is ordered: whatever dies after that, it comes to the running cases.
    private Companion Rollouts(CatalogueState before, CatalogueState after, ImmutableArray<CatalogueEvent> events) => new(
        [
            .. Brought(before, events).Select(published => RolloutGrain.Ordered(
                IdOf(published.Calendar.Code, published.Calendar.Version),
                new RolloutStarted(
                    published.At,
                    published.Actor,
                    new RolloutPlan(RolloutKind.Calendar, published.Calendar.Code, published.Calendar.Version, Head + events.Length, DryRun: false)))),
        ],
        []);
}
