using OneStop.Domain;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls;

namespace OneStop.Grains.Interfaces.Catalogue;

/// <summary>The definitions in force, as this process has loaded them.</summary>
public abstract class TownDirectory
{
    /// <summary>The town; null before the first definition.</summary>
    public abstract TownDefinition? Town { get; }

    /// <summary>How far the record of the definitions is known; 0 for not at all.</summary>
    public abstract long Head { get; }

    /// <summary>A hall.</summary>
    /// <exception cref="OneStopException"><c>unknown-hall</c>.</exception>
    public abstract HallDefinition Hall(string id);

    /// <summary>An item.</summary>
    /// <exception cref="OneStopException"><c>unknown-item</c>.</exception>
    public abstract ItemDefinition Item(string code);

    /// <summary>The calendar in force with this code; null for the country's own.</summary>
    /// <exception cref="OneStopException"><c>unknown-calendar</c>.</exception>
    public abstract WorkingCalendar Calendar(string? code);

    /// <summary>A department.</summary>
    /// <exception cref="OneStopException"><c>unknown-department</c>.</exception>
    public abstract DepartmentDefinition Department(string code);
}
