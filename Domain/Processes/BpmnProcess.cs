using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Processes;

/// <summary>What a BPMN 2.0 file says.</summary>
/// <param name="Process">The graph; null when the file could not be read.</param>
/// <param name="Steps">A step for each user task, in the order of the file.</param>
/// <param name="Faults">Everything that is wrong; the pointer is the id of the element, or the line of one without an id.</param>
public sealed record BpmnProcess(ProcessDefinition? Process, ImmutableArray<StepDefinition> Steps, ImmutableArray<Fault> Faults)
{
    /// <summary>Its lanes: the id of each and its department. Default: none.</summary>
    public ImmutableArray<(string Id, string Department)> Lanes { get; init; } = [];

    /// <summary>Namespace of the attributes of lanes (<c>department</c>) and tasks (<c>role</c>, <c>limit</c>, <c>limitUnit</c>, <c>nameEn</c>).</summary>
    public const string Extension = "urn:onestop:bpmn";

    /// <summary>Most characters of a file, its diagram included.</summary>
    public const int MaxCharacters = 1 << 20;

    /// <summary>
    /// Reads a process: one <c>process</c> of lanes (a lane is a department), user tasks, exclusive and parallel
    /// gateways, start and end events and sequence flows. What would change its meaning and is not known is a fault;
    /// diagrams, documentation and other tools' extensions are left as they are.
    /// </summary>
    /// <param name="code">Its code in the catalogue.</param>
    /// <param name="xml">The file.</param>
    public static BpmnProcess Read(string code, string xml)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            MaxCharactersFromEntities = 0,
        };
        try
        {
            using var text = new StringReader(xml);
            using var reader = XmlReader.Create(text, settings);
            return new BpmnReader(code).Read(XDocument.Load(reader, LoadOptions.SetLineInfo));
        }
        catch (XmlException e)
        {
            return new(null, [], [new($"line {e.LineNumber}", "malformed", e.Message)]);
        }
    }
}

/// <summary>Reads the elements of a BPMN file.</summary>
internal sealed class BpmnReader(string code)
{
    private static readonly XNamespace Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static readonly XNamespace Own = BpmnProcess.Extension;
    private static readonly HashSet<string> Silent = ["documentation", "extensionElements", "textAnnotation", "association", "group", "incoming", "outgoing"];

    private readonly ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();
    private readonly ImmutableArray<ProcessNode>.Builder nodes = ImmutableArray.CreateBuilder<ProcessNode>();
    private readonly ImmutableArray<ProcessFlow>.Builder flows = ImmutableArray.CreateBuilder<ProcessFlow>();
    private readonly ImmutableArray<StepDefinition>.Builder steps = ImmutableArray.CreateBuilder<StepDefinition>();
    private readonly Dictionary<string, string> departments = [];
    private readonly ImmutableArray<(string, string)>.Builder lanes = ImmutableArray.CreateBuilder<(string, string)>();

    public BpmnProcess Read(XDocument document)
    {
        var processes = document.Root?.Name == Model + "definitions" ? document.Root.Elements(Model + "process").ToList() : null;
        if (processes is not [var process])
        {
            var found = processes is null ? "The root is not BPMN 2.0 'definitions'." : $"There are {processes.Count} processes in it; there must be one.";
            return new(null, [], [new(document.Root is null ? "" : Place(document.Root), "not-one-process", found)]);
        }

        foreach (var set in process.Elements(Model + "laneSet"))
            Lanes(set);
        foreach (var element in process.Elements())
            Take(element);
        var graph = new ProcessDefinition(code, nodes.ToImmutable(), flows.ToImmutable());
        faults.AddRange(ProcessInspection.Faults(graph));
        if (faults.Count > 0)
            return new(graph, steps.ToImmutable(), faults.ToImmutable()) { Lanes = lanes.ToImmutable() };
        var order = ProcessPaths.Order(graph);
        return new(graph, [.. steps.Select(s => s with { Stage = order[s.Id] })], []) { Lanes = lanes.ToImmutable() };
    }

    private void Lanes(XElement set)
    {
        foreach (var lane in set.Elements(Model + "lane"))
        {
            var department = (string?)lane.Attribute(Own + "department") ?? (string?)lane.Attribute("name");
            if (string.IsNullOrWhiteSpace(department))
                faults.Add(new(Place(lane), "lane-without-department", "A lane names its department in onestop:department."));
            else
                lanes.Add((Place(lane), department));
            foreach (var node in lane.Elements(Model + "flowNodeRef").Select(e => e.Value.Trim()))
                if (!departments.TryAdd(node, department ?? ""))
                    faults.Add(new(node, "second-lane", "It stands in two lanes."));
            foreach (var inner in lane.Elements(Model + "childLaneSet"))
                Lanes(inner);
        }
    }

    private void Take(XElement element)
    {
        if (element.Name.Namespace != Model || Silent.Contains(element.Name.LocalName) || element.Name.LocalName == "laneSet")
            return;
        if ((string?)element.Attribute("id") is not { Length: > 0 } id)
        {
            faults.Add(new(Place(element), "missing-id", $"The {element.Name.LocalName} has no id."));
            return;
        }

        switch (element.Name.LocalName)
        {
            case "startEvent":
                nodes.Add(new(id, NodeKind.Start));
                break;
            case "endEvent":
                nodes.Add(new(id, NodeKind.End));
                break;
            case "task" or "userTask":
                nodes.Add(new(id, NodeKind.Task));
                Step(element, id);
                break;
            case "exclusiveGateway":
                nodes.Add(new(id, NodeKind.Exclusive, (string?)element.Attribute("default")));
                break;
            case "parallelGateway":
                nodes.Add(new(id, NodeKind.Parallel));
                break;
            case "sequenceFlow":
                var condition = element.Element(Model + "conditionExpression")?.Value.Trim();
                flows.Add(new(id, (string?)element.Attribute("sourceRef") ?? "", (string?)element.Attribute("targetRef") ?? "", condition is { Length: > 0 } ? condition : null));
                break;
            default:
                faults.Add(new(id, "unsupported-element", $"A {element.Name.LocalName} cannot be run; use user tasks, exclusive and parallel gateways, start and end events."));
                return;
        }

        foreach (var inner in element.Elements().Where(e => e.Name.Namespace == Model && !Silent.Contains(e.Name.LocalName) && e.Name.LocalName != "conditionExpression"))
            faults.Add(new(id, "unsupported-element", $"A {inner.Name.LocalName} within a {element.Name.LocalName} cannot be run."));
    }

    private void Step(XElement task, string id)
    {
        var name = (string?)task.Attribute("name");
        if (string.IsNullOrWhiteSpace(name))
            faults.Add(new(id, "missing-name", "A task needs a name."));
        if (!departments.TryGetValue(id, out var department))
            faults.Add(new(id, "task-without-lane", "A task stands in the lane of its department."));
        var role = StepRole.Handler;
        if ((string?)task.Attribute(Own + "role") is { } wanted && !TryRole(wanted, out role))
            faults.Add(new(id, "unknown-role", $"'{wanted}' is not a role: {string.Join(", ", Enum.GetValues<StepRole>().Select(CamelCase.Of))}."));
        steps.Add(new(id, new(name ?? id, (string?)task.Attribute(Own + "nameEn") ?? name ?? id), department ?? "", role, LimitOf(task, id), 1));
    }

    private Limit? LimitOf(XElement task, string id)
    {
        var unit = (string?)task.Attribute(Own + "limitUnit") ?? "workingDays";
        if ((string?)task.Attribute(Own + "limit") is not { } text)
            return null;
        if (!int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            faults.Add(new(id, "malformed-limit", $"The limit '{text}' is not a whole number."));
            return null;
        }

        Limit? limit = unit switch
        {
            "workingDays" => new WorkingDays(number),
            "workingHours" => new WorkingHours(number),
            "days" => new CalendarTime(TimeSpan.FromDays(number)),
            _ => null,
        };
        if (limit is null)
            faults.Add(new(id, "unknown-unit", $"'{unit}' is not a unit of limits: workingDays, workingHours, days."));
        else if (limit.Fault is { } fault)
            faults.Add(new(id, "out-of-range", fault));
        return limit;
    }

    private static bool TryRole(string word, out StepRole role)
    {
        foreach (var known in Enum.GetValues<StepRole>())
            if (CamelCase.Of(known) == word)
            {
                role = known;
                return true;
            }

        role = default;
        return false;
    }

    private static string Place(XElement element) =>
        (string?)element.Attribute("id") is { Length: > 0 } id ? id : $"line {((IXmlLineInfo)element).LineNumber}";
}
