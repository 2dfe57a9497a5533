using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Forms;
using OneStop.Domain.Halls;
using OneStop.Domain.Rollouts;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Records;
using OneStop.Grains.Rollouts;
using OneStop.Journal;

namespace OneStop.Grains.Catalogue;

/// <summary>The definitions in force, as every grain and endpoint of this process sees them.</summary>
public sealed class Definitions : TownDirectory
{
    internal const string Row = "town";

    private const int MostProposals = 8;

    private readonly Lock loading = new();
    private readonly ConcurrentDictionary<string, WorkingCalendar> proposals = new();
    private volatile Loaded? loaded;
    private Task? reading;

    /// <inheritdoc/>
    public override TownDefinition? Town => loaded?.Town;

    /// <inheritdoc/>
    public override long Head => loaded?.Head ?? 0;

    /// <summary>
    /// Takes into force what the record has. A process does so before it hosts grains: they come to it the moment it
    /// can be reached, and know no hall and no item without.
    /// </summary>
    /// <exception cref="OneStopException"><c>store-unavailable</c>.</exception>
    public async ValueTask ReadAsync(IJournal journal, CancellationToken cancellationToken = default)
    {
        var content = await journal.ReadAsync(CatalogueGrain.Stream, cancellationToken: cancellationToken);
        var state = content.Events.Aggregate(CatalogueState.Empty, (known, stored) => known.Evolve((CatalogueEvent)EventCodec.Decode(stored)));
        Load(state, content.Head);
    }

    /// <summary>Reads the record when it goes further than is known, as a row says.</summary>
    public async ValueTask LookAsync(IJournal journal)
    {
        var rows = await journal.QueryAsync(new RowQuery(Tables.Definitions) { Where = [new("name", RowOperator.Equal, Row)] });
        if (rows is [var row]) await AtLeastAsync(journal, row.Integer("head"));
    }

    /// <summary>Reads the record unless it is known up to here.</summary>
    public async ValueTask AtLeastAsync(IJournal journal, long head)
    {
        // A reading that was under way may have begun too early.
        for (var attempt = 0; Head < head && attempt < 2; attempt++) await ReadTogetherAsync(journal);
    }

    /// <summary>Takes the definitions of a town into force that is in no record.</summary>
    public void Load(TownDefinition town) => Load(CatalogueState.Of(town), 0);

    /// <summary>Takes definitions into force, unless later ones are.</summary>
    /// <param name="state">The definitions.</param>
    /// <param name="head">Up to where of their record they are.</param>
    public void Load(CatalogueState state, long head)
    {
        if (state.Town is not { } town) return;
        lock (loading)
        {
            if (loaded is { } now && now.Head > 0 && now.Head >= head) return;
            var known = loaded?.Calendars;
            loaded = new Loaded(
                town,
                head,
                town.Halls.ToFrozenDictionary(hall => hall.Id),
                town.Items.ToFrozenDictionary(item => item.Code),
                town.Departments.ToFrozenDictionary(department => department.Code),
                town.Forms.ToFrozenDictionary(form => form.Code, SchemaOf),
                // Versions never change: those that are known are kept, with what they have counted out.
                state.Calendars.ToFrozenDictionary(c => (c.Code, c.Version), c => known?.GetValueOrDefault((c.Code, c.Version)) ?? new WorkingCalendar(c)),
                state.Calendars.GroupBy(c => c.Code).ToFrozenDictionary(versions => versions.Key, versions => versions.Max(c => c.Version)));
        }
    }

    /// <inheritdoc/>
    public override HallDefinition Hall(string id) =>
        loaded is { } now && now.Halls.TryGetValue(id, out var hall) ? hall : throw Refusals.Unknown("hall", id);

    /// <inheritdoc/>
    public override ItemDefinition Item(string code) =>
        loaded is { } now && now.Items.TryGetValue(code, out var item) ? item : throw Refusals.Unknown("item", code);

    /// <inheritdoc/>
    public override DepartmentDefinition Department(string code) =>
        loaded is { } now && now.Departments.TryGetValue(code, out var department) ? department : throw Refusals.Unknown("department", code);

    /// <summary>Everything that is wrong with the answers to an item's form; nothing for an item without one.</summary>
    public ImmutableArray<Fault> FormFaults(ItemDefinition item, JsonElement answers) => FormOf(item)?.Faults(answers) ?? [];

    /// <summary>The form of an item; null for one without.</summary>
    public FormSchema? FormOf(ItemDefinition item) => item.Form is { } code ? loaded?.Forms.GetValueOrDefault(code) : null;

    /// <summary>The calendar in force with this code; the one of China for a case whose item is not known yet.</summary>
    /// <exception cref="OneStopException"><c>unknown-calendar</c>.</exception>
    public override WorkingCalendar Calendar(string? code)
    {
        var wanted = code ?? PublishedCalendars.China().Code;
        if (loaded is { } now && now.InForce.TryGetValue(wanted, out var version)) return now.Calendars[(wanted, version)];
        return wanted == PublishedCalendars.China().Code ? PublishedCalendars.China() : throw Refusals.Unknown("calendar", wanted);
    }

    /// <summary>A version of a calendar; 0 is the one that comes with this program.</summary>
    /// <exception cref="OneStopException"><c>unknown-calendar</c>.</exception>
    public WorkingCalendar Calendar(string code, int version)
    {
        if (loaded?.Calendars.TryGetValue((code, version), out var known) == true) return known;
        return code == PublishedCalendars.China().Code && version <= PublishedCalendars.China().Version
            ? PublishedCalendars.China()
            : throw Refusals.Unknown("calendar", $"{code}-{version}");
    }

    /// <summary>The calendar that a rollout tries out.</summary>
    internal async ValueTask<WorkingCalendar> ProposedAsync(IJournal journal, string rollout)
    {
        if (proposals.TryGetValue(rollout, out var known)) return known;
        var content = await journal.ReadAsync(RolloutGrain.StreamOf(rollout));
        var proposed = new WorkingCalendar(((RolloutStarted)EventCodec.Decode(content.Events[0])).Plan.Proposed!);
        if (proposals.Count >= MostProposals) proposals.Clear();
        return proposals.GetOrAdd(rollout, proposed);
    }

    // Many cases may miss the same definitions at once; one of them reads for all.
    private Task ReadTogetherAsync(IJournal journal)
    {
        lock (loading)
        {
            if (reading is not { IsCompleted: false }) reading = ReadAsync(journal).AsTask();
            return reading;
        }
    }

    // Forms were inspected before they came into force.
    private static FormSchema SchemaOf(FormSource form) =>
        FormSchema.Read(form.Schema, out var schema) is { IsEmpty: false } faults ? throw Refusals.Validation(faults.AsSpan()) : schema!;

    private sealed record Loaded(
        TownDefinition Town,
        long Head,
        FrozenDictionary<string, HallDefinition> Halls,
        FrozenDictionary<string, ItemDefinition> Items,
        FrozenDictionary<string, DepartmentDefinition> Departments,
        FrozenDictionary<string, FormSchema> Forms,
        FrozenDictionary<(string Code, int Version), WorkingCalendar> Calendars,
        FrozenDictionary<string, int> InForce);
}
