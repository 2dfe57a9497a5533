using OneStop.Domain.Calendars;

namespace OneStop.Domain.Applications;

/// <summary>What decisions rest on besides the case itself; the item and its time rule are kept with the case.</summary>
/// <param name="Calendar">The calendar of the case's item, as it is in force now.</param>
/// <param name="Previous">The calendar as it was before a change; only <see cref="ReplanApplication"/> reads it. Default: none.</param>
public sealed record RuleBook(WorkingCalendar Calendar, WorkingCalendar? Previous = null);
