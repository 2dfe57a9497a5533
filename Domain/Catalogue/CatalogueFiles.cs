using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace OneStop.Domain.Catalogue;

/// <summary>
/// A town as a folder that people edit: <c>region.json</c>, <c>departments.json</c>, <c>contacts.json</c>, <c>items/CODE.json</c>,
/// <c>processes/CODE.bpmn</c>, <c>forms/CODE.schema.json</c>, <c>halls/ID.json</c>, <c>calendars/NAME.json</c> (a year each),
/// <c>calendars/days.json</c> (days declared one by one), <c>rules/CODE.json</c>, <c>retention/CODE.json</c> and <c>rubrics.json</c>. An item names its process, its form
/// and its rules of supervision and of retention by their codes (one that names none is kept by <c>retention/default.json</c>); the steps of an item with a process are its tasks.
/// </summary>
public static class CatalogueFiles
{
    internal const string ProcessEnding = ".bpmn";
    internal const string FormEnding = ".schema.json";
    internal const string DeclaredDays = "calendars/days.json";
    internal const string Rubrics = "rubrics.json";

    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Reads a catalogue.</summary>
    /// <param name="files">Its files by their paths, with slashes.</param>
    /// <param name="town">The definitions; null when there are faults.</param>
    /// <returns>Every fault, by file.</returns>
    public static ImmutableArray<CatalogueFault> Read(IReadOnlyDictionary<string, string> files, out TownDefinition? town)
    {
        var faults = new CatalogueFaults();
        var read = new CatalogueReading(files, faults).Read();
        town = faults.All.IsEmpty ? read : null;
        return faults.All;
    }

    /// <summary>Writes a catalogue; reading it gives the same definitions.</summary>
    public static ImmutableSortedDictionary<string, string> Write(TownDefinition town)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        files["region.json"] = Text(town.Region);
        files["departments.json"] = Text(town.Departments);
        foreach (var item in town.Items)
            files[$"items/{item.Code}.json"] = Text(item, town);
        foreach (var process in town.Processes)
            files[$"processes/{process.Code}{ProcessEnding}"] = process.Bpmn;
        foreach (var form in town.Forms)
            files[$"forms/{form.Code}{FormEnding}"] = form.Schema;
        foreach (var hall in town.Halls)
            files[$"halls/{hall.Id}.json"] = Text(hall);
        foreach (var (year, i) in town.Calendars.Select((year, i) => (year, i)))
            files[$"calendars/{year.Code}-{year.Year}{(town.Calendars.Take(i).Any(y => (y.Code, y.Year) == (year.Code, year.Year)) ? $"-{i}" : "")}.json"] = Text(year);
        foreach (var rule in town.Rules)
            files[$"rules/{rule.Code}.json"] = Text(rule);
        foreach (var rule in town.Retentions)
            files[$"retention/{rule.Code}.json"] = Text(rule);
        if (!town.Contacts.IsEmpty)
            files["contacts.json"] = Text(town.Contacts);
        if (!town.Rubrics.IsEmpty)
            files[Rubrics] = Text(town.Rubrics);
        if (!town.DeclaredDays.IsEmpty)
            files[DeclaredDays] = Text(town.DeclaredDays);
        return files.ToImmutable();
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";

    private static string Text(ItemDefinition item, TownDefinition town)
    {
        var node = JsonSerializer.SerializeToNode(item, Options)!.AsObject();
        if (item.Process is { } process && town.Processes.Any(p => p.Code == process.Code))
        {
            node["process"] = process.Code;
            node.Remove("steps");
        }

        if (town.Rules.Any(r => r.Code == item.TimeRule.Code))
            node["timeRule"] = item.TimeRule.Code;
        if (item.Retention is null || (item.Retention.Code == RetentionRule.DefaultCode && town.Retentions.Contains(item.Retention)))
            node.Remove("retention");
        else if (town.Retentions.Contains(item.Retention))
            node["retention"] = item.Retention.Code;
        return node.ToJsonString(Options) + "\n";
    }
}
