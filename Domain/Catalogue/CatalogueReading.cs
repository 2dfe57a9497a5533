using System.Text.Json.Nodes;
using OneStop.Domain.Halls;
using OneStop.Domain.Notices;
using OneStop.Domain.Processes;
using OneStop.Domain.Supervision;
using OneStop.Domain.Supervision.Scores;

namespace OneStop.Domain.Catalogue;

/// <summary>One reading of a catalogue: each file by its place, then the town they make, then what is wrong with that.</summary>
internal sealed class CatalogueReading
{
    private static readonly string[] Needed = ["region.json", "departments.json"];

    private readonly IReadOnlyDictionary<string, string> files;
    private readonly CatalogueFaults faults;
    private readonly Dictionary<string, BpmnProcess> processes;
    private readonly CatalogueItems itemFiles;
    private readonly List<(string File, ItemDefinition Value)> items = [];
    private readonly List<(string File, HallDefinition Value)> halls = [];
    private readonly List<(string File, CalendarYear Value)> calendars = [];
    private readonly List<(string File, FormSource Value)> forms = [];
    private readonly List<(string File, ProcessSource Value)> sources = [];

    // Rules are faulted by their place in these lists, which are the items' as well.
    private readonly List<string> ruleFiles = [];
    private readonly List<string> retentionFiles = [];
    private RegionDefinition? region;
    private DepartmentDefinition[]? departments;
    private Contact[] contacts = [];
    private DeclaredDay[] declared = [];
    private ScoreRubric[] rubrics = [];

    public CatalogueReading(IReadOnlyDictionary<string, string> files, CatalogueFaults faults)
    {
        this.files = files;
        this.faults = faults;
        processes = files.Keys
            .Where(path => path.StartsWith("processes/", StringComparison.Ordinal) && path.EndsWith(CatalogueFiles.ProcessEnding, StringComparison.Ordinal))
            .ToDictionary(Code, path => BpmnProcess.Read(Code(path), files[path]));
        itemFiles = new(files, processes, faults);
    }

    /// <summary>Reads all of it; null when not even a town comes out.</summary>
    public TownDefinition? Read()
    {
        var inOrder = files.OrderBy(f => f.Key, StringComparer.Ordinal).ToArray();
        foreach (var (path, text) in inOrder.Where(f => f.Key.EndsWith(".json", StringComparison.Ordinal)))
            TakeRule(path, text);
        foreach (var (path, text) in inOrder)
            Take(path, text);
        var town = Town();
        if (town is not null)
            Inspect(town);
        return town;
    }

    private void TakeRule(string path, string text)
    {
        switch (path.Split('/'))
        {
            case ["rules", _] when faults.Parse<TimeRule>(path, text) is { } rule:
                itemFiles.Rules.Add(rule);
                ruleFiles.Add(path);
                Named(path, "rule", rule.Code);
                break;
            case ["retention", _] when faults.Parse<RetentionRule>(path, text) is { } rule:
                itemFiles.Retentions.Add(rule);
                retentionFiles.Add(path);
                Named(path, "rule", rule.Code);
                break;
        }
    }

    private void Take(string path, string text)
    {
        switch (path.Split('/'))
        {
            case ["region.json"]:
                region = faults.Parse<RegionDefinition>(path, text);
                break;
            case ["departments.json"]:
                departments = faults.Parse<DepartmentDefinition[]>(path, text);
                break;
            case ["rules" or "retention", _] when path.EndsWith(".json", StringComparison.Ordinal):
                // Taken before the items, which name them.
                break;
            case [CatalogueFiles.Rubrics]:
                rubrics = faults.Parse<ScoreRubric[]>(path, text) ?? [];
                break;
            case ["contacts.json"]:
                contacts = faults.Parse<Contact[]>(path, text) ?? [];
                break;
            case ["items", _] when faults.Parse<JsonObject>(path, text) is { } node && itemFiles.Read(path, node) is { } item:
                items.Add((path, item));
                Named(path, "item", item.Code);
                break;
            case ["halls", _] when faults.Parse<HallDefinition>(path, text) is { } hall:
                halls.Add((path, hall));
                break;
            case ["calendars", "days.json"]:
                declared = faults.Parse<DeclaredDay[]>(path, text) ?? [];
                break;
            case ["calendars", _] when faults.Parse<CalendarYear>(path, text) is { } year:
                calendars.Add((path, year));
                break;
            case ["forms", _] when path.EndsWith(CatalogueFiles.FormEnding, StringComparison.Ordinal):
                forms.Add((path, new(Code(path), text)));
                break;
            case ["processes", _] when path.EndsWith(CatalogueFiles.ProcessEnding, StringComparison.Ordinal):
                sources.Add((path, new(Code(path), text)));
                break;
            case ["items" or "halls" or "calendars", _] when path.EndsWith(".json", StringComparison.Ordinal):
                break;
            default:
                faults.Add(path, "", "unknown-file", "A catalogue has no such file.");
                break;
        }
    }

    private TownDefinition? Town()
    {
        foreach (var needed in Needed)
            if (!files.ContainsKey(needed))
                faults.Add(needed, "", "required", "The file is missing.");
        foreach (var (path, source) in sources)
            foreach (var fault in processes[source.Code].Faults)
                faults.Add(path, fault.Pointer, fault.Code, fault.Message);
        if (region is null || departments is null)
            return null;
        foreach (var (path, source) in sources)
            foreach (var lane in processes[source.Code].Lanes.Where(lane => departments.All(d => d.Code != lane.Department)))
                faults.Add(path, lane.Id, "unknown-department", $"The lane names the unknown department '{lane.Department}'.");
        return new(region, [.. departments], [.. items.Select(i => i.Value)], [.. halls.Select(h => h.Value)])
        {
            Processes = [.. sources.Select(s => s.Value)],
            Forms = [.. forms.Select(f => f.Value)],
            Calendars = [.. calendars.Select(c => c.Value)],
            Contacts = [.. contacts],
            Rules = [.. itemFiles.Rules],
            DeclaredDays = [.. declared],
            Rubrics = [.. rubrics],
            Retentions = [.. itemFiles.Retentions],
        };
    }

    private void Inspect(TownDefinition read)
    {
        foreach (var fault in TownInspection.Faults(read))
        {
            var (file, place) = fault.Pointer.Split('/') switch
            {
                [_, "items", var i, .. var rest] when int.TryParse(i, out var index) => (items[index].File, rest),
                [_, "halls", var i, .. var rest] when int.TryParse(i, out var index) => (halls[index].File, rest),
                [_, "calendars", var i, .. var rest] when int.TryParse(i, out var index) => (calendars[index].File, rest),
                [_, "forms", var i, "schema", .. var rest] when int.TryParse(i, out var index) => (forms[index].File, rest),
                [_, "rules", var i, .. var rest] when int.TryParse(i, out var index) => (ruleFiles[index], rest),
                [_, "retentions", var i, .. var rest] when int.TryParse(i, out var index) => (retentionFiles[index], rest),
                [_, "rubrics", .. var rest] => (CatalogueFiles.Rubrics, rest),
                [_, "contacts", .. var rest] => ("contacts.json", rest),
                [_, "declaredDays", .. var rest] => (CatalogueFiles.DeclaredDays, rest),
                [_, "departments", .. var rest] => ("departments.json", rest),
                [_, var folder, .. var rest] => (folder, rest),
                _ => ("region.json", []),
            };
            faults.Add(file, place.Length > 0 ? "/" + string.Join('/', place) : "", fault.Code, fault.Message);
        }
    }

    private static string Code(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.EndsWith(CatalogueFiles.FormEnding, StringComparison.Ordinal) ? name[..^CatalogueFiles.FormEnding.Length] : name[..Math.Max(0, name.LastIndexOf('.'))];
    }

    private void Named(string path, string what, string code)
    {
        if (code != Code(path))
            faults.Add(path, "/code", "not-the-file", $"The file of {what} '{code}' is named {code}.json.");
    }
}
