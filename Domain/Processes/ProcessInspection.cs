using System.Collections.Immutable;

namespace OneStop.Domain.Processes;

/// <summary>
/// Finds every fault of a process at once (A2). The pointer of a fault is the id of the element. Whether tokens can get
/// stuck or meet is only asked of a graph that is whole.
/// </summary>
internal static class ProcessInspection
{
    public static ImmutableArray<Fault> Faults(ProcessDefinition process)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        foreach (var repeated in process.Nodes.Select(n => n.Id).Concat(process.Flows.Select(f => f.Id)).GroupBy(id => id).Where(g => g.Count() > 1))
            faults.Add(new(repeated.Key, "repeated", $"The id '{repeated.Key}' stands there {repeated.Count()} times."));
        foreach (var flow in process.Flows)
            foreach (var end in new[] { flow.From, flow.To }.Where(end => process.Node(end) is null))
                faults.Add(new(flow.Id, "unknown-node", $"The flow names '{end}', which is no node of this process."));
        if (faults.Count > 0)
            return faults.ToImmutable();

        Ends(process, faults);
        foreach (var node in process.Nodes)
            Ways(process, node, faults);
        Reach(process, faults);
        Circles(process, faults);
        foreach (var flow in process.Flows)
            Conditions(process, flow, faults);
        if (faults.Count == 0)
            faults.AddRange(TokenInspection.Faults(process));
        return faults.ToImmutable();
    }

    private static void Ends(ProcessDefinition process, ImmutableArray<Fault>.Builder faults)
    {
        var starts = process.Nodes.Where(n => n.Kind == NodeKind.Start).ToList();
        if (starts.Count == 0)
            faults.Add(new(process.Code, "no-start", "A process needs a start event."));
        foreach (var start in starts.Skip(1))
            faults.Add(new(start.Id, "second-start", "A process has one start event."));
        if (process.Nodes.All(n => n.Kind != NodeKind.End))
            faults.Add(new(process.Code, "no-end", "A process needs an end event."));
        if (process.Nodes.All(n => n.Kind != NodeKind.Task))
            faults.Add(new(process.Code, "no-task", "A process needs a user task."));
    }

    private static void Ways(ProcessDefinition process, ProcessNode node, ImmutableArray<Fault>.Builder faults)
    {
        var ways = process.Out(node.Id).ToList();
        if (node.Kind == NodeKind.Start && process.In(node.Id).Any())
            faults.Add(new(node.Id, "flow-into-start", "No flow leads to a start event."));
        if (node.Kind == NodeKind.End && ways.Count > 0)
            faults.Add(new(node.Id, "flow-out-of-end", "No flow leaves an end event."));
        if (node.Kind is NodeKind.Start or NodeKind.Task && ways.Count > 1)
            faults.Add(new(node.Id, "split-without-gateway", "Several flows leave it; a gateway must say whether one or all of them are taken."));
        if (node.Kind != NodeKind.Exclusive || ways.Count < 2)
            return;
        if (node.Default is null)
            faults.Add(new(node.Id, "gateway-without-default", "An exclusive gateway needs a default flow for when no condition holds."));
        else if (ways.TrueForAll(f => f.Id != node.Default))
            faults.Add(new(node.Id, "unknown-default", $"The default flow '{node.Default}' does not leave this gateway."));
        foreach (var way in ways.Where(f => f.Id != node.Default && f.Condition is null))
            faults.Add(new(way.Id, "flow-without-condition", $"Each flow of the exclusive gateway {node.Id} needs a condition, the default one excepted."));
    }

    private static void Reach(ProcessDefinition process, ImmutableArray<Fault>.Builder faults)
    {
        var reached = From(process.Nodes.Where(n => n.Kind == NodeKind.Start), n => process.Out(n).Select(f => f.To));
        var ending = From(process.Nodes.Where(n => n.Kind == NodeKind.End), n => process.In(n).Select(f => f.From));
        foreach (var node in process.Nodes)
        {
            if (!reached.Contains(node.Id))
                faults.Add(new(node.Id, "unreachable", "No way leads here from the start event."));
            if (!ending.Contains(node.Id))
                faults.Add(new(node.Id, "no-way-to-an-end", "No way leads from here to an end event."));
        }
    }

    private static HashSet<string> From(IEnumerable<ProcessNode> nodes, Func<string, IEnumerable<string>> next)
    {
        var found = nodes.Select(n => n.Id).ToHashSet();
        var left = new Queue<string>(found);
        while (left.TryDequeue(out var node))
            foreach (var other in next(node))
                if (found.Add(other))
                    left.Enqueue(other);
        return found;
    }

    // Gateways that lead back to themselves without a step between would be passed for ever.
    private static void Circles(ProcessDefinition process, ImmutableArray<Fault>.Builder faults)
    {
        bool Passed(string id) => process.Node(id)!.Kind is NodeKind.Exclusive or NodeKind.Parallel;
        foreach (var gateway in process.Nodes.Where(n => Passed(n.Id)))
        {
            var next = process.Out(gateway.Id).Select(f => process.Node(f.To)!).Where(n => Passed(n.Id));
            if (From(next, n => process.Out(n).Select(f => f.To).Where(Passed)).Contains(gateway.Id))
                faults.Add(new(gateway.Id, "circle-without-task", "The gateway leads back to itself without a task on the way."));
        }
    }

    private static void Conditions(ProcessDefinition process, ProcessFlow flow, ImmutableArray<Fault>.Builder faults)
    {
        if (flow.Condition is null)
            return;
        if (process.Node(flow.From)!.Kind != NodeKind.Exclusive)
            faults.Add(new(flow.Id, "condition-without-choice", "Only a flow that leaves an exclusive gateway has a condition."));
        if (!FlowCondition.TryParse(flow.Condition, out var condition, out var fault))
        {
            faults.Add(new(flow.Id, "malformed-condition", fault));
            return;
        }

        foreach (var step in condition.Steps.Where(step => process.Node(step)?.Kind != NodeKind.Task))
            faults.Add(new(flow.Id, "unknown-step", $"The condition asks for the outcome of '{step}', which is no task of this process."));
    }
}
