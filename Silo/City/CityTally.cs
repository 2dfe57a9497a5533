using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Calendars;
using OneStop.Grains.Interfaces.Supervision;
using Orleans;

namespace OneStop.Silo.City;

/// <summary>Counts the year as its people saw it: by the answers of the cases, and the cards that departments are told of.</summary>
internal sealed class CityTally(WorkingCalendar calendar) : IIncomingGrainCallFilter
{
    private readonly CityReport counts = new(0, 0);
    private long received;
    private long ended;

    /// <summary>How many cases have ended.</summary>
    public long Ended => ended;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Grain is IDepartmentGrain && context.InterfaceMethod.Name == nameof(IDepartmentGrain.Tell)
            && context.Request.GetArgument(0) is CaseContribution contribution)
        {
            foreach (var card in contribution.Cards) Add(counts.Cards, CamelCase.Of(card.Level));
        }

        return context.Invoke();
    }

    /// <summary>A case came in.</summary>
    public void Received(CityCase opened, DateTimeOffset at)
    {
        received++;
        Add(counts.Months, calendar.ToLocal(at).ToString("yyyy-MM", CultureInfo.InvariantCulture));
        Add(counts.Departments, opened.Item.Department);
        Add(counts.Kinds, CamelCase.Of(opened.Item.Kind));
    }

    /// <summary>Something was done in a case, which may have ended it.</summary>
    /// <returns>Whether it has ended now.</returns>
    public bool Closed(CityCase worked)
    {
        if (worked.TakeEnd() is not ({ } how, { } last)) return false;
        ended++;
        Add(counts.Ends, how);
        Add(counts.Lights, CamelCase.Of(last.Light));
        return true;
    }

    /// <summary>The report.</summary>
    public CityReport Report() => counts with { Cases = received, Open = received - ended };

    private static void Add(SortedDictionary<string, long> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
}
