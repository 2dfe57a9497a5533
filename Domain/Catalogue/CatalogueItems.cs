using System.Text.Json.Nodes;
using OneStop.Domain.Processes;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Catalogue;

/// <summary>Reads items, which name their processes and rules by the codes of other files.</summary>
internal sealed class CatalogueItems(IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, BpmnProcess> processes, CatalogueFaults faults)
{
    /// <summary>The rules of supervision, read before the first item.</summary>
    public List<TimeRule> Rules { get; } = [];

    /// <summary>The rules of retention, read before the first item.</summary>
    public List<RetentionRule> Retentions { get; } = [];

    /// <summary>Reads the file of an item; null with a fault where it cannot be read.</summary>
    public ItemDefinition? Read(string path, JsonObject node)
    {
        try
        {
            return Named(path, node);
        }
        catch (ArgumentException e)
        {
            // A member that stands there twice only shows when it is looked up.
            faults.Add(path, "", "malformed", e.Message);
            return null;
        }
    }

    // A process is named by its code; one that is drawn nowhere stands in the item as it is.
    private ItemDefinition? Named(string path, JsonObject node)
    {
        BpmnProcess? process = null;
        if (node["process"] is JsonValue named && named.TryGetValue<string>(out var code))
        {
            node.Remove("process");
            if (!processes.TryGetValue(code, out process))
                faults.Add(path, "/process", "unknown-process", $"There is no file processes/{code}{CatalogueFiles.ProcessEnding}.");
            else if (node.ContainsKey("steps"))
                faults.Add(path, "/steps", "two-courses", "The steps of an item with a process are the tasks of the process.");
            node.Remove("steps");
        }

        TimeRule? rule = null;
        if (node["timeRule"] is JsonValue ruled && ruled.TryGetValue<string>(out var name))
        {
            node.Remove("timeRule");
            rule = Rules.Find(r => r.Code == name);
            if (!files.ContainsKey($"rules/{name}.json"))
                faults.Add(path, "/timeRule", "unknown-rule", $"There is no file rules/{name}.json.");
        }

        var kept = Retention(path, node);
        var item = faults.Parse<ItemDefinition>(path, node.ToJsonString());
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
                faults.Add(path, "/retention", "unknown-rule", $"There is no file retention/{name}.json.");
        }

        return Retentions.Find(r => r.Code == name);
    }
}
