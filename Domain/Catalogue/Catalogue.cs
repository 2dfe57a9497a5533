using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Calendars;
using OneStop.Domain.Supervision.Scores;
using Orleans;

namespace OneStop.Domain.Catalogue;

/// <summary>What happens to the definitions.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who did it.</param>
[GenerateSerializer, Immutable]
public abstract record CatalogueEvent(DateTimeOffset At, string Actor) : IDomainEvent;

/// <summary>The town was defined, in place of what was defined before.</summary>
[GenerateSerializer, Immutable, EventType("catalogue.town-defined", 1)]
public sealed record TownDefined(DateTimeOffset At, string Actor, TownDefinition Town) : CatalogueEvent(At, Actor);

/// <summary>Something new was said of a calendar.</summary>
[GenerateSerializer, Immutable, EventType("catalogue.calendar-changed", 1)]
public sealed record CalendarChanged(DateTimeOffset At, string Actor, CalendarChange Change) : CatalogueEvent(At, Actor);

/// <summary>
/// A version of a calendar came into force (A11). It is recorded whole: a later program, which may come with other facts,
/// must still know what cases were counted by.
/// </summary>
[GenerateSerializer, Immutable, EventType("catalogue.calendar-published", 1)]
public sealed record CalendarPublished(DateTimeOffset At, string Actor, CalendarDefinition Calendar) : CatalogueEvent(At, Actor);

/// <summary>The definitions in force.</summary>
/// <param name="Town">The town; null before the first definition.</param>
[GenerateSerializer, Immutable]
public sealed record CatalogueState(TownDefinition? Town)
{
    /// <summary>Nothing is defined.</summary>
    public static CatalogueState Empty { get; } = new((TownDefinition?)null);

    /// <summary>Every version of every calendar, the oldest first. Default: none.</summary>
    [Id(0)]
    public ImmutableArray<CalendarDefinition> Calendars { get; init; } = [];

    /// <summary>The version of a calendar that is in force; null when there is none.</summary>
    public CalendarDefinition? Calendar(string code) => Calendars.LastOrDefault(calendar => calendar.Code == code);

    /// <summary>The definitions that a town alone makes, as its first definition would.</summary>
    public static CatalogueState Of(TownDefinition town) =>
        Published(Empty, town, "", default).Aggregate(new CatalogueState(town), (state, published) => state.Evolve(published));

    /// <summary>Defines the town; every fault of every item is named at once.</summary>
    /// <remarks>
    /// An item, a time rule or a calendar that differs from the one in force gets the next version, whatever version it names.
    /// </remarks>
    public static Decision<CatalogueEvent> Define(CatalogueState before, TownDefinition town, string actor, DateTimeOffset now)
    {
        ImmutableArray<Fault> faults = [.. TownInspection.Faults(town), .. RubricInspection.Faults(before.Town?.Rubrics ?? [], town.Rubrics)];
        if (!faults.IsEmpty)
            return Refusals.Validation(faults.AsSpan());
        town = RuleVersions.Of(before.Town, town);
        var next = town with { Items = [.. town.Items.Select(item => Versioned(before.Town?.Items.FirstOrDefault(i => i.Code == item.Code), item))] };
        if (before.Town is not null && Text(before.Town) == Text(next))
            return Renew(before, actor, now);
        return Decision<CatalogueEvent>.Of([new TownDefined(now, actor, next), .. Published(before, next, actor, now)]);
    }

    /// <summary>Says something new of a calendar.</summary>
    /// <returns>
    /// Events; none when it was known already. Or a refusal: <c>validation</c>, pointing into the change; <c>unknown-calendar</c>.
    /// </returns>
    public static Decision<CatalogueEvent> Change(CatalogueState before, CalendarChange change, string actor, DateTimeOffset now)
    {
        if (before.Town is not { } town || !TownCalendars.Codes(town).Contains(change.Calendar))
            return Refusals.Unknown("calendar", change.Calendar);
        var faults = TownInspection.Faults(change);
        if (!faults.IsEmpty)
            return Refusals.Validation(faults.AsSpan());
        var published = Published(before, town.With(change), actor, now);
        return published.IsEmpty ? Decision<CatalogueEvent>.Nothing : Decision<CatalogueEvent>.Of([new CalendarChanged(now, actor, change), .. published]);
    }

    /// <summary>Brings into force what the program knows of calendars and the record does not yet.</summary>
    public static Decision<CatalogueEvent> Renew(CatalogueState before, string actor, DateTimeOffset now) =>
        before.Town is { } town ? Decision<CatalogueEvent>.Of([.. Published(before, town, actor, now)]) : Decision<CatalogueEvent>.Nothing;

    /// <summary>The state after an event.</summary>
    public CatalogueState Evolve(CatalogueEvent e) => e switch
    {
        TownDefined defined => this with { Town = defined.Town },
        CalendarChanged changed => this with { Town = Town?.With(changed.Change) },
        CalendarPublished published => this with { Calendars = Calendars.Add(published.Calendar) },
        _ => this,
    };

    private static ImmutableArray<CalendarPublished> Published(CatalogueState before, TownDefinition town, string actor, DateTimeOffset now)
    {
        var published = ImmutableArray.CreateBuilder<CalendarPublished>();
        foreach (var code in TownCalendars.Codes(town))
        {
            var (wanted, known) = (TownCalendars.Of(town, code), before.Calendar(code));
            if (known is null || !TownCalendars.SaysTheSame(known, wanted))
                published.Add(new(now, actor, wanted with { Version = (known?.Version ?? 0) + 1 }));
        }

        return published.ToImmutable();
    }

    private static ItemDefinition Versioned(ItemDefinition? before, ItemDefinition item)
    {
        if (before is null)
            return item;
        var (was, rule) = (before.TimeRule, item.TimeRule);
        var ruled = rule.Code != was.Code
            ? item
            : item with { TimeRule = rule with { Version = Text(rule with { Version = was.Version }) == Text(was) ? was.Version : Math.Max(rule.Version, was.Version + 1) } };
        var same = ruled with { Version = before.Version };
        return Text(same) == Text(before) ? same : ruled with { Version = Math.Max(item.Version, before.Version + 1) };
    }

    // Lists of records are equal when they say the same, which their stored form shows.
    private static string Text<T>(T value) => JsonSerializer.Serialize(value);
}
