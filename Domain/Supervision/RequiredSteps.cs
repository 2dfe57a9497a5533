using System.Collections.Immutable;
using OneStop.Domain.Processes;

namespace OneStop.Domain.Supervision;

/// <summary>
/// Which steps must be done before a node of a process is reached, whichever way a case takes: what every way in has in
/// common, and behind a parallel join what any of them has.
/// </summary>
internal static class RequiredSteps
{
    /// <summary>For each node the steps that come before it on every way.</summary>
    public static Dictionary<string, ImmutableHashSet<string>> Of(ProcessDefinition graph)
    {
        // From all steps downwards until nothing changes, as dominators are found; a loop back adds nothing.
        var all = graph.Nodes.Where(n => n.Kind == NodeKind.Task).Select(n => n.Id).ToImmutableHashSet();
        var before = graph.Nodes.ToDictionary(n => n.Id, n => n.Kind == NodeKind.Start ? [] : all);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var node in graph.Nodes.Where(n => n.Kind != NodeKind.Start))
            {
                var ways = graph.In(node.Id).Select(f => graph.Node(f.From)!.Kind == NodeKind.Task ? before[f.From].Add(f.From) : before[f.From]);
                var now = ways.Aggregate((one, other) => node.Kind == NodeKind.Parallel ? one.Union(other) : one.Intersect(other));
                changed |= !now.SetEquals(before[node.Id]);
                before[node.Id] = now;
            }
        }

        return before;
    }

    /// <summary>Whether the process leads from a step back to itself.</summary>
    public static bool IsInLoop(ProcessDefinition graph, string step)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(graph.Out(step).Select(f => f.To));
        while (open.TryPop(out var node))
        {
            if (node == step)
                return true;
            if (seen.Add(node))
                foreach (var flow in graph.Out(node))
                    open.Push(flow.To);
        }

        return false;
    }

    /// <summary>The steps with which the branches of a parallel gateway begin.</summary>
    public static IEnumerable<string> Branches(ProcessDefinition graph) => graph.Nodes
        .Where(n => n.Kind == NodeKind.Parallel && graph.Out(n.Id).Skip(1).Any())
        .SelectMany(n => graph.Out(n.Id)).Where(f => graph.Node(f.To)!.Kind == NodeKind.Task).Select(f => f.To).Distinct();
}
