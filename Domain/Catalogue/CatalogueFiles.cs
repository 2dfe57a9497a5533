using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using OneStop.Domain.Forms;
using OneStop.Domain.Halls;
using OneStop.Domain.Notices;
using OneStop.Domain.Processes;
using OneStop.Domain.Supervision;
using OneStop.Domain.Supervision.Scores;

namespace OneStop.Domain.Catalogue;

/// <summary>A fault of a catalogue.</summary>
/// <param name="File">Path of the file within the catalogue.</param>
/// <param name="Place">JSON pointer, or id of the BPMN element; empty for the whole file.</param>
/// <param name="Code">Stable kebab-case code.</param>
/// <param name="Message">What is wrong, in plain words.</param>
public sealed record CatalogueFault(string File, string Place, string Code, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}{(Place.Length > 0 ? " " + Place : "")}: {Code}: {Message}";
}

/// <summary>
/// A town as a folder that people edit: <c>region.json</c>, <c>departments.json</c>, <c>contacts.json</c>, <c>items/CODE.json</c>,
/// <c>processes/CODE.bpmn</c>, <c>forms/CODE.schema.json</c>, <c>halls/ID.json</c>, <c>calendars/NAME.json</c> (a year each),
/// <c>calendars/days.json</c> (days declared one by one), <c>rules/CODE.json</c>, <c>retention/CODE.json</c> and <c>rubrics.json</c>. An item names its process, its form
/// and its rules of supervision and of retention by their codes (one that names none is kept by <c>retention/default.json</c>); the steps of an item with a process are its tasks.
/// </summary>
public static class CatalogueFiles
{
    private const string ProcessEnding = ".bpmn";
    private const string FormEnding = ".schema.json";
    private const string DeclaredDays = "calendars/days.json";
    private const string Rubrics = "rubrics.json";
    private static readonly string[] Needed = ["region.json", "departments.json"];

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
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
        town = null;
        var reading = new Reading(files);
        reading.TakeRules();
        foreach (var (path, text) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
            reading.Take(path, text);
        var read = reading.Town();
        if (read is not null)
            reading.Inspect(read);
        var faults = reading.Faults.Distinct().OrderBy(f => f.File, StringComparer.Ordinal).ToImmutableArray();
        if (faults.IsEmpty)
            town = read;
        return faults;
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

    private sealed class Reading(IReadOnlyDictionary<string, string> files)
    {
        private readonly Dictionary<string, BpmnProcess> processes = files.Keys
            .Where(path => path.StartsWith("processes/", StringComparison.Ordinal) && path.EndsWith(ProcessEnding, StringComparison.Ordinal))
            .ToDictionary(Code, path => BpmnProcess.Read(Code(path), files[path]));

        private readonly List<(string File, ItemDefinition Value)> items = [];
        private readonly List<(string File, HallDefinition Value)> halls = [];
        private readonly List<(string File, TimeRule Value)> rules = [];
        private readonly List<(string File, RetentionRule Value)> retentions = [];
        private readonly List<(string File, FormSource Value)> forms = [];
        private readonly List<(string File, CalendarYear Value)> calendars = [];
        private readonly List<(string File, ProcessSource Value)> sources = [];
        private RegionDefinition? region;
        private DepartmentDefinition[]? departments;
        private Contact[] contacts = [];
        private DeclaredDay[] declared = [];
        private ScoreRubric[] rubrics = [];

        public List<CatalogueFault> Faults { get; } = [];

        /// <summary>Reads the rules, which items name.</summary>
        public void TakeRules()
        {
            foreach (var (path, text) in files.Where(f => f.Key.EndsWith(".json", StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                switch (path.Split('/'))
                {
                    case ["rules", _] when Parse<TimeRule>(path, text) is { } rule:
                        rules.Add((path, rule));
                        Named(path, "rule", rule.Code);
                        break;
                    case ["retention", _] when Parse<RetentionRule>(path, text) is { } rule:
                        retentions.Add((path, rule));
                        Named(path, "rule", rule.Code);
                        break;
                }
            }
        }

        public void Take(string path, string text)
        {
            switch (path.Split('/'))
            {
                case ["region.json"]:
                    region = Parse<RegionDefinition>(path, text);
                    break;
                case ["departments.json"]:
                    departments = Parse<DepartmentDefinition[]>(path, text);
                    break;
                case ["rules" or "retention", _] when path.EndsWith(".json", StringComparison.Ordinal):
                    // Read before the items, which name them.
                    break;
                case [Rubrics]:
                    rubrics = Parse<ScoreRubric[]>(path, text) ?? [];
                    break;
                case ["contacts.json"]:
                    contacts = Parse<Contact[]>(path, text) ?? [];
                    break;
                case ["items", _] when Parse<JsonObject>(path, text) is { } node && Item(path, node) is { } item:
                    items.Add((path, item));
                    Named(path, "item", item.Code);
                    break;
                case ["halls", _] when Parse<HallDefinition>(path, text) is { } hall:
                    halls.Add((path, hall));
                    break;
                case ["calendars", "days.json"]:
                    declared = Parse<DeclaredDay[]>(path, text) ?? [];
                    break;
                case ["calendars", _] when Parse<CalendarYear>(path, text) is { } year:
                    calendars.Add((path, year));
                    break;
                case ["forms", _] when path.EndsWith(FormEnding, StringComparison.Ordinal):
                    forms.Add((path, new(Code(path), text)));
                    break;
                case ["processes", _] when path.EndsWith(ProcessEnding, StringComparison.Ordinal):
                    sources.Add((path, new(Code(path), text)));
                    break;
                case ["items" or "halls" or "calendars", _] when path.EndsWith(".json", StringComparison.Ordinal):
                    break;
                default:
                    Add(path, "", "unknown-file", "A catalogue has no such file.");
                    break;
            }
        }

        public TownDefinition? Town()
        {
            foreach (var needed in Needed)
                if (!files.ContainsKey(needed))
                    Add(needed, "", "required", "The file is missing.");
            foreach (var (path, source) in sources)
                Faults.AddRange(processes[source.Code].Faults.Select(f => new CatalogueFault(path, f.Pointer, f.Code, f.Message)));
            if (region is null || departments is null)
                return null;
            foreach (var (path, source) in sources)
                foreach (var lane in processes[source.Code].Lanes.Where(lane => departments.All(d => d.Code != lane.Department)))
                    Add(path, lane.Id, "unknown-department", $"The lane names the unknown department '{lane.Department}'.");
            return new(region, [.. departments], [.. items.Select(i => i.Value)], [.. halls.Select(h => h.Value)])
            {
                Processes = [.. sources.Select(s => s.Value)],
                Forms = [.. forms.Select(f => f.Value)],
                Calendars = [.. calendars.Select(c => c.Value)],
                Contacts = [.. contacts],
                Rules = [.. rules.Select(r => r.Value)],
                DeclaredDays = [.. declared],
                Rubrics = [.. rubrics],
                Retentions = [.. retentions.Select(r => r.Value)],
            };
        }

        public void Inspect(TownDefinition read)
        {
            foreach (var fault in TownInspection.Faults(read))
            {
                var (file, place) = fault.Pointer.Split('/') switch
                {
                    [_, "items", var i, .. var rest] when int.TryParse(i, out var index) => (items[index].File, rest),
                    [_, "halls", var i, .. var rest] when int.TryParse(i, out var index) => (halls[index].File, rest),
                    [_, "calendars", var i, .. var rest] when int.TryParse(i, out var index) => (calendars[index].File, rest),
                    [_, "forms", var i, "schema", .. var rest] when int.TryParse(i, out var index) => (forms[index].File, rest),
                    [_, "rules", var i, .. var rest] when int.TryParse(i, out var index) => (rules[index].File, rest),
                    [_, "retentions", var i, .. var rest] when int.TryParse(i, out var index) => (retentions[index].File, rest),
                    [_, "rubrics", .. var rest] => (Rubrics, rest),
                    [_, "contacts", .. var rest] => ("contacts.json", rest),
                    [_, "declaredDays", .. var rest] => (DeclaredDays, rest),
                    [_, "departments", .. var rest] => ("departments.json", rest),
                    [_, var folder, .. var rest] => (folder, rest),
                    _ => ("region.json", []),
                };
                Add(file, place.Length > 0 ? "/" + string.Join('/', place) : "", fault.Code, fault.Message);
            }
        }

        private static string Code(string path)
        {
            var name = path[(path.LastIndexOf('/') + 1)..];
            return name.EndsWith(FormEnding, StringComparison.Ordinal) ? name[..^FormEnding.Length] : name[..Math.Max(0, name.LastIndexOf('.'))];
        }

        private void Named(string path, string what, string code)
        {
            if (code != Code(path))
                Add(path, "/code", "not-the-file", $"The file of {what} '{code}' is named {code}.json.");
        }

        private void Add(string file, string place, string code, string message) => Faults.Add(new(file, place, code, message));

        // A process is named by its code; one that is drawn nowhere stands in the item as it is.
        private ItemDefinition? Item(string path, JsonObject node)
        {
            try
            {
                return Named(path, node);
            }
            catch (ArgumentException e)
            {
                // A member that stands there twice only shows when it is looked up.
                Add(path, "", "malformed", e.Message);
                return null;
            }
        }

        private ItemDefinition? Named(string path, JsonObject node)
        {
            BpmnProcess? process = null;
            if (node["process"] is JsonValue named && named.TryGetValue<string>(out var code))
            {
                node.Remove("process");
                if (!processes.TryGetValue(code, out process))
                    Add(path, "/process", "unknown-process", $"There is no file processes/{code}{ProcessEnding}.");
                else if (node.ContainsKey("steps"))
                    Add(path, "/steps", "two-courses", "The steps of an item with a process are the tasks of the process.");
                node.Remove("steps");
            }

            TimeRule? rule = null;
            if (node["timeRule"] is JsonValue ruled && ruled.TryGetValue<string>(out var name))
            {
                node.Remove("timeRule");
                rule = rules.Find(r => r.Value.Code == name).Value;
                if (!files.ContainsKey($"rules/{name}.json"))
                    Add(path, "/timeRule", "unknown-rule", $"There is no file rules/{name}.json.");
            }

            var kept = Retention(path, node);
            var item = Parse<ItemDefinition>(path, node.ToJsonString());
            // The faults of a rule are told at the rule.
            if (item is not null && rule is not null && rule.Validate().IsEmpty)
                item = item with { TimeRule = rule };
            if (item is { Retention: null } && kept is not null && kept.Validate().IsEmpty)
                item = item with { Retention = kept };
            return item is not null && process is { Process: not null, Faults.IsEmpty: true } ? item with { Process = process.Process, Steps = process.Steps } : item;
        }

        private RetentionRule? Retention(string path, JsonObject node)
        {
            var name = RetentionRule.DefaultCode;
            if (node["retention"] is JsonValue given && given.TryGetValue<string>(out var code))
            {
                node.Remove("retention");
                name = code;
                if (!files.ContainsKey($"retention/{name}.json"))
                    Add(path, "/retention", "unknown-rule", $"There is no file retention/{name}.json.");
            }

            return retentions.Find(r => r.Value.Code == name).Value;
        }

        private T? Parse<T>(string path, string text)
            where T : class
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                if (Hole(document.RootElement, "") is { } hole)
                {
                    Add(path, hole, "malformed", "No list has holes.");
                    return null;
                }

                var value = document.Deserialize<T>(Options);
                if (value is null)
                    Add(path, "", "required", "There is nothing in it.");
                return value;
            }
            catch (JsonException e)
            {
                Add(path, Pointer(e.Path), "malformed", e.Message);
                return null;
            }
            catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
            {
                Add(path, "", "malformed", e.Message);
                return null;
            }
        }

        private static string? Hole(JsonElement value, string pointer) => value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Select(m => Hole(m.Value, Texts.Below(pointer, m.Name))).FirstOrDefault(hole => hole is not null),
            JsonValueKind.Array => value.EnumerateArray()
                .Select((e, i) => e.ValueKind == JsonValueKind.Null ? $"{pointer}/{i}" : Hole(e, $"{pointer}/{i}")).FirstOrDefault(hole => hole is not null),
            _ => null,
        };

        private static string Pointer(string? path) =>
            (path ?? "").TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
    }
}
