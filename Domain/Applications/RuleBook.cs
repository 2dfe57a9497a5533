using OneStop.Domain.Calendars;

namespace OneStop.Domain.Applications;

/// <summary>What decisions rest on besides the case itself; the item and its time rule are kept with the case.</summary>
/// <param name="Calendar">The calendar of the case's item, as it is in force now.</param>
/// <param name="Previous">
/// The calendar in the version that the case was last planned by, when another is in force now. Default: none, it is the same.
/// </param>
public sealed record RuleBook(WorkingCalendar Calendar, WorkingCalendar? Previous = null)
{
    /// <summary>
    /// The book for a case: a case that runs is decided by the calendar in force, after it was planned again by it; a case in which
    /// nothing is left to do keeps the one it ended under.
    /// </summary>
    /// <param name="state">The case.</param>
    /// <param name="inForce">The calendar of its item that is in force.</param>
    /// <param name="version">Any version of that calendar.</param>
    public static RuleBook For(ApplicationState state, WorkingCalendar inForce, Func<int, WorkingCalendar> version)
    {
        if (state.Item is null || state.CalendarVersion == inForce.Version)
            return new(inForce);
        var planned = version(state.CalendarVersion);
        return state.IsClosed ? new(planned) : new(inForce, planned);
    }
}
