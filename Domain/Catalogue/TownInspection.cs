using System.Collections.Immutable;
using OneStop.Domain.Halls;

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

        for (var i = 0; i < town.Halls.Length; i++) faults.AddRange(HallInspection.Faults(town.Halls[i], $"/halls/{i}"));
        return faults.ToImmutable();
    }

    private static void Distinct(string pointer, IEnumerable<string> codes, ImmutableArray<Fault>.Builder faults)
    {
        foreach (var repeated in codes.GroupBy(code => code).Where(group => group.Count() > 1))
            faults.Add(new(pointer, "repeated", $"'{repeated.Key}' stands there {repeated.Count()} times."));
    }
}
