using System.Collections.Immutable;

namespace OneStop.Domain.Catalogue;

/// <summary>What is wrong with a town's definition.</summary>
public static class TownInspection
{
    /// <summary>Every fault, with its place in the definition.</summary>
    public static ImmutableArray<Fault> Faults(TownDefinition town)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        Distinct("/departments", town.Departments.Select(d => d.Code), faults);
        Distinct("/items", town.Items.Select(i => i.Code), faults);
        Distinct("/halls", town.Halls.Select(h => h.Id), faults);
        var departments = town.Departments.Select(d => d.Code).ToHashSet();
        for (var i = 0; i < town.Items.Length; i++)
        {
            var item = town.Items[i];
            faults.AddRange(item.Validate().Select(f => f with { Pointer = $"/items/{i}{f.Pointer}" }));
            foreach (var department in item.Steps.Select(s => s.Department).Append(item.Department).Distinct())
                if (!departments.Contains(department))
                    faults.Add(new($"/items/{i}", "unknown-department", $"Item '{item.Code}' names the unknown department '{department}'."));
        }

        for (var i = 0; i < town.Halls.Length; i++) InspectHall(town.Halls[i], $"/halls/{i}", faults);
        return faults.ToImmutable();
    }

    private static void InspectHall(Halls.HallDefinition hall, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        Distinct(pointer + "/services", hall.Services.Select(s => s.Id), faults);
        Distinct(pointer + "/services", hall.Services.Select(s => s.Prefix), faults);
        Distinct(pointer + "/counters", hall.Counters.Select(c => c.Id), faults);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(hall.TimeZone, out _))
            faults.Add(new(pointer + "/timeZone", "unknown-time-zone", $"'{hall.TimeZone}' is not a time zone."));
        for (var i = 0; i < hall.Counters.Length; i++)
            foreach (var service in hall.Counters[i].Services)
                if (hall.Services.All(s => s.Id != service))
                    faults.Add(new($"{pointer}/counters/{i}/services", "unknown-service", $"There is no service '{service}' in this hall."));
    }

    private static void Distinct(string pointer, IEnumerable<string> codes, ImmutableArray<Fault>.Builder faults)
    {
        foreach (var repeated in codes.GroupBy(code => code).Where(group => group.Count() > 1))
            faults.Add(new(pointer, "repeated", $"'{repeated.Key}' stands there {repeated.Count()} times."));
    }
}
