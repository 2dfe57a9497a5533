using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Domain.Forms;
using OneStop.Domain.Halls;
using OneStop.Domain.Notices;
using OneStop.Domain.Supervision.Scores;

namespace OneStop.Domain.Catalogue;

/// <summary>What is wrong with a town's definition.</summary>
public static class TownInspection
{
    private const int FirstYear = 1980;
    private const int LastYear = 2200;

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

        Distinct("/rules", town.Rules.Select(r => r.Code), faults);
        for (var i = 0; i < town.Rules.Length; i++)
            faults.AddRange(town.Rules[i].Validate().Select(f => f with { Pointer = $"/rules/{i}{f.Pointer}" }));
        Distinct("/retentions", town.Retentions.Select(r => r.Code), faults);
        for (var i = 0; i < town.Retentions.Length; i++)
            faults.AddRange(town.Retentions[i].Validate().Select(f => f with { Pointer = $"/retentions/{i}{f.Pointer}" }));
        faults.AddRange(RubricInspection.Faults(town.Rubrics));
        Distinct("/processes", town.Processes.Select(p => p.Code), faults);
        Distinct("/forms", town.Forms.Select(f => f.Code), faults);
        References(town, faults);
        for (var i = 0; i < town.Forms.Length; i++)
            faults.AddRange(FormSchema.Read(town.Forms[i].Schema, out _).Select(f => f with { Pointer = $"/forms/{i}/schema{f.Pointer}" }));
        Calendars(town.Calendars, faults);
        faults.AddRange(Contact.Faults(town.Contacts, departments));
        DeclaredDays(town.DeclaredDays, faults);
        for (var i = 0; i < town.Halls.Length; i++) faults.AddRange(HallInspection.Faults(town.Halls[i], $"/halls/{i}"));
        return faults.ToImmutable();
    }

    /// <summary>Every fault of a change of a calendar, with its place in it.</summary>
    public static ImmutableArray<Fault> Faults(CalendarChange change)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (change.Year is { } year)
            Calendars([year], faults);
        DeclaredDays(change.Days, faults);
        return [.. faults.Select(f => f with
        {
            Pointer = f.Pointer.Replace("/calendars/0", "", StringComparison.Ordinal).Replace("/declaredDays", "/days", StringComparison.Ordinal),
        })];
    }

    private static void References(TownDefinition town, ImmutableArray<Fault>.Builder faults)
    {
        var items = town.Items.Select(item => item.Code).ToHashSet();
        var calendars = TownCalendars.Codes(town);
        for (var i = 0; i < town.Items.Length; i++)
        {
            var item = town.Items[i];
            if (item.Form is { } form && town.Forms.All(f => f.Code != form))
                faults.Add(new($"/items/{i}/form", "unknown-form", $"There is no form '{form}'."));
            if (!string.IsNullOrWhiteSpace(item.Calendar) && !calendars.Contains(item.Calendar))
                faults.Add(new($"/items/{i}/calendar", "unknown-calendar", $"There is no calendar '{item.Calendar}'."));
            Known(item.PreApprovals, $"/items/{i}/preApprovals");
            Known(item.PostApprovals, $"/items/{i}/postApprovals");
        }

        void Known(ImmutableArray<string> codes, string pointer)
        {
            for (var i = 0; i < codes.Length; i++)
                if (!items.Contains(codes[i]))
                    faults.Add(new($"{pointer}/{i}", "unknown-item", $"There is no item '{codes[i]}'."));
        }
    }

    // Two files may say the same year of the same calendar, as long as they say the same of it.
    private static void Calendars(ImmutableArray<CalendarYear> years, ImmutableArray<Fault>.Builder faults)
    {
        var china = PublishedCalendars.China();
        for (var i = 0; i < years.Length; i++)
        {
            var (year, said) = (years[i], DaysOf(years[i]));
            if (string.IsNullOrWhiteSpace(year.Code))
                faults.Add(new($"/calendars/{i}/code", "required", "A year belongs to a calendar."));
            if (year.Year is < FirstYear or > LastYear)
                faults.Add(new($"/calendars/{i}/year", "out-of-range", $"A year lies between {FirstYear} and {LastYear}."));
            // The last days of December belong to the New Year of the year after.
            for (var day = 0; day < year.Days.Length; day++)
                if (year.Days[day].Date is var date && date.Year != year.Year && (date.Year, date.Month) != (year.Year - 1, 12))
                    faults.Add(new($"/calendars/{i}/days/{day}/date", "other-year", $"The day does not belong to the year {year.Year}."));
            foreach (var day in year.Days.GroupBy(d => d.Date).Where(g => g.Select(d => d.IsOff).Distinct().Count() > 1))
                faults.Add(new($"/calendars/{i}/days", "contradiction", $"{day.Key:yyyy-MM-dd} is said to be off and to be worked."));
            for (var j = 0; j < i; j++)
                if (years[j].Code == year.Code && years[j].Year == year.Year && !said.SetEquals(DaysOf(years[j])))
                    faults.Add(new($"/calendars/{i}", "contradiction", $"The year {year.Year} of calendar {year.Code} is given twice with different days; see calendar {j + 1} of the list."));
            if (year.Code == china.Code && china.IsPublished(year.Year) && year.Days.Any(d => d.Date.Year == year.Year && china.IsWorkday(d.Date) == d.IsOff))
                faults.Add(new($"/calendars/{i}", "contradiction", $"The State Council published the year {year.Year} with other days."));
        }
    }

    private static void DeclaredDays(ImmutableArray<DeclaredDay> days, ImmutableArray<Fault>.Builder faults)
    {
        var said = new Dictionary<(string, DateOnly), bool>();
        for (var i = 0; i < days.Length; i++)
        {
            var day = days[i];
            if (string.IsNullOrWhiteSpace(day.Calendar))
                faults.Add(new($"/declaredDays/{i}/calendar", "required", "A day belongs to a calendar."));
            if (string.IsNullOrWhiteSpace(day.Name))
                faults.Add(new($"/declaredDays/{i}/name", "required", "Say why the day is off or worked."));
            if (day.Date.Year is < FirstYear or > LastYear)
                faults.Add(new($"/declaredDays/{i}/date", "out-of-range", $"A day lies in the years {FirstYear} to {LastYear}."));
            if (!said.TryAdd((day.Calendar, day.Date), day.IsOff))
            {
                faults.Add(said[(day.Calendar, day.Date)] == day.IsOff
                    ? new($"/declaredDays/{i}", "repeated", $"{day.Date:yyyy-MM-dd} stands there twice.")
                    : new($"/declaredDays/{i}", "contradiction", $"{day.Date:yyyy-MM-dd} is said to be off and to be worked."));
            }
        }
    }

    private static HashSet<(DateOnly, bool)> DaysOf(CalendarYear year) => [.. year.Days.Select(d => (d.Date, d.IsOff))];

    private static void Distinct(string pointer, IEnumerable<string> codes, ImmutableArray<Fault>.Builder faults)
    {
        foreach (var repeated in codes.GroupBy(code => code).Where(group => group.Count() > 1))
            faults.Add(new(pointer, "repeated", $"'{repeated.Key}' stands there {repeated.Count()} times."));
    }
}
