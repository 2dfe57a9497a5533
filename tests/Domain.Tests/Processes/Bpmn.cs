using System.Text;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Processes;
using OneStop.Domain.Tests.Applications;

namespace OneStop.Domain.Tests.Processes;

/// <summary>
/// Writes BPMN from lines: <c>a -> b</c>, <c>a -> b : condition</c>, <c>a -> b : default</c>. What a node is its first
/// letters say: <c>start</c>, <c>end</c>, <c>x</c> and a digit an exclusive gateway, <c>p</c> and a digit a parallel
/// one, everything else a task of the market department.
/// </summary>
internal static class Bpmn
{
    public static string Xml(string lines, Func<string, string>? attributes = null, string? more = null)
    {
        var flows = lines.Split(['\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select((line, i) =>
        {
            var parts = line.Split(" : ", 2);
            var ends = parts[0].Split(" -> ");
            return (Id: $"f{i + 1}", From: ends[0].Trim(), To: ends[1].Trim(), Condition: parts.Length > 1 ? parts[1].Trim() : null);
        }).ToList();
        var xml = new StringBuilder("""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:onestop="urn:onestop:bpmn"><process id="p">""");
        var nodes = flows.SelectMany(f => new[] { f.From, f.To }).Distinct().ToList();
        xml.Append("<laneSet id=\"set\"><lane id=\"lane\" onestop:department=\"market\">");
        foreach (var node in nodes)
            xml.Append((string)$"<flowNodeRef>{node}</flowNodeRef>");
        xml.Append("</lane></laneSet>");
        foreach (var node in nodes)
        {
            xml.Append(Kind(node) switch
            {
                NodeKind.Start => $"<startEvent id=\"{node}\"/>",
                NodeKind.End => $"<endEvent id=\"{node}\"/>",
                NodeKind.Exclusive => $"<exclusiveGateway id=\"{node}\"{(flows.FirstOrDefault(f => f.From == node && f.Condition == "default") is { Id: { } id } ? $" default=\"{id}\"" : "")}/>",
                NodeKind.Parallel => $"<parallelGateway id=\"{node}\"/>",
                _ => $"<userTask id=\"{node}\" name=\"{node}\" {attributes?.Invoke(node)}/>",
            });
        }

        foreach (var (id, from, to, condition) in flows)
            xml.Append((string)$"<sequenceFlow id=\"{id}\" sourceRef=\"{from}\" targetRef=\"{to}\">{(condition is null or "default" ? "" : $"<conditionExpression>{condition.Replace("<", "&lt;", StringComparison.Ordinal)}</conditionExpression>")}</sequenceFlow>");
        return xml.Append(more).Append("</process></definitions>").ToString();
    }

    public static BpmnProcess Read(string lines, Func<string, string>? attributes = null, string? more = null) => BpmnProcess.Read("test", Xml(lines, attributes, more));

    public static string[] Faults(string lines, Func<string, string>? attributes = null, string? more = null) =>
        [.. Read(lines, attributes, more).Faults.Select(f => $"{f.Pointer} {f.Code}")];

    /// <summary>An item of the market department that runs by the process.</summary>
    public static ItemDefinition Item(string lines, Func<string, string>? attributes = null)
    {
        var read = Read(lines, attributes);
        Assert.Empty(read.Faults);
        return Items.ShopLicence with { StatutoryLimit = new WorkingDays(20), Steps = read.Steps, Process = read.Process };
    }

    private static NodeKind Kind(string node) => node switch
    {
        _ when node.StartsWith("start", StringComparison.Ordinal) => NodeKind.Start,
        _ when node.StartsWith("end", StringComparison.Ordinal) => NodeKind.End,
        ['x', >= '0' and <= '9', ..] => NodeKind.Exclusive,
        ['p', >= '0' and <= '9', ..] => NodeKind.Parallel,
        _ => NodeKind.Task,
    };
}
