using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Catalogue;

/// <summary>The definitions in force, and through it the ones every process has loaded.</summary>
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
        return content.Events.Select(EventCodec.Decode).OfType<TownDefined>().LastOrDefault()?.Town;
    }

    /// <inheritdoc/>
    public async Task<TownDefinition?> Current()
    {
        await LoadAsync();
        return State.Town;
    }

    /// <inheritdoc/>
    public async Task<TownDefinition> Define(CommandInfo info, TownDefinition town)
    {
        await LoadAsync();
        var refusal = State.Town is { } before ? HallChange.Refusal(await ObstaclesAsync(before, town)) : null;
        return await ExecuteAsync(info, (state, now) => refusal ?? CatalogueState.Define(state.Town, town, info.Actor, now), after => after.Town!);
    }

    /// <inheritdoc/>
    protected override CatalogueState Evolve(CatalogueState state, CatalogueEvent e) => state.Evolve(e);

    /// <inheritdoc/>
    protected override ValueTask CommittedAsync(CatalogueState before, CatalogueState after, ImmutableArray<CatalogueEvent> events)
    {
        definitions.Load(after.Town!);
        return ValueTask.CompletedTask;
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
}
