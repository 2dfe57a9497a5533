using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Forms;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Catalogue;

/// <summary>The definitions in force, as every grain and endpoint of this process sees them.</summary>
public sealed class Definitions : TownDirectory
{
    private volatile Loaded? loaded;

    /// <inheritdoc/>
    public override TownDefinition? Town => loaded?.Town;

    /// <summary>
    /// Takes into force what the record has. A process does so before it hosts grains: they come to it the moment it
    /// can be reached, and know no hall and no item without.
    /// </summary>
    /// <exception cref="OneStopException"><c>store-unavailable</c>.</exception>
    public async ValueTask ReadAsync(IJournal journal, CancellationToken cancellationToken = default)
    {
        var content = await journal.ReadAsync(CatalogueGrain.Stream, cancellationToken: cancellationToken);
        var state = content.Events.Aggregate(CatalogueState.Empty, (known, stored) => known.Evolve((CatalogueEvent)EventCodec.Decode(stored)));
        if (state.Town is { } town) Load(town);
    }

    /// <summary>Takes definitions into force.</summary>
    public void Load(TownDefinition town) => loaded = new Loaded(
        town,
        town.Halls.ToFrozenDictionary(hall => hall.Id),
        town.Items.ToFrozenDictionary(item => item.Code),
        town.Departments.ToFrozenDictionary(department => department.Code),
        town.Forms.ToFrozenDictionary(form => form.Code, SchemaOf));

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
    public ImmutableArray<Fault> FormFaults(ItemDefinition item, JsonElement answers) =>
        item.Form is { } code && loaded is { } now && now.Forms.TryGetValue(code, out var form) ? form.Faults(answers) : [];

    // Forms were inspected before they came into force.
    private static FormSchema SchemaOf(FormSource form) =>
        FormSchema.Read(form.Schema, out var schema) is { IsEmpty: false } faults ? throw Refusals.Validation(faults.AsSpan()) : schema!;

    /// <summary>The calendar with this code; the one of China for a case whose item is not known yet.</summary>
    public static WorkingCalendar Calendar(string? code) => code switch
    {
        null or "cn" => PublishedCalendars.China(),
        _ => throw Refusals.Unknown("calendar", code),
    };

    private sealed record Loaded(
        TownDefinition Town,
        FrozenDictionary<string, HallDefinition> Halls,
        FrozenDictionary<string, ItemDefinition> Items,
        FrozenDictionary<string, DepartmentDefinition> Departments,
        FrozenDictionary<string, FormSchema> Forms);
}
