using System.Collections.Immutable;

namespace OneStop.Domain.Processes;

/// <summary>Which way through a process takes longest. Of parallel branches it is the longest; a loop counts once.</summary>
internal static class ProcessPaths
{
    /// <summary>The tasks on the longest way from start to end.</summary>
    /// <param name="process">A process without faults.</param>
    /// <param name="length">How long a task may take; 0 for one without a limit.</param>
    public static ImmutableArray<string> Longest(ProcessDefinition process, Func<string, long> length)
    {
        var memory = new Dictionary<string, (long Length, ImmutableArray<string> Tasks)>();
        var above = new HashSet<string>();
        (long Length, ImmutableArray<string> Tasks) From(string id)
        {
            if (memory.TryGetValue(id, out var known))
                return known;
            above.Add(id);
            var best = (Length: 0L, Tasks: ImmutableArray<string>.Empty);
            // A flow back to what is above is the loop's second round.
            foreach (var flow in process.Out(id).Where(f => !above.Contains(f.To)))
                if (From(flow.To) is var rest && (rest.Length > best.Length || best.Tasks.IsEmpty))
                    best = rest;
            above.Remove(id);
            if (process.Node(id)!.Kind == NodeKind.Task)
                best = (best.Length + length(id), best.Tasks.Insert(0, id));
            return memory[id] = best;
        }

        return process.Nodes.FirstOrDefault(n => n.Kind == NodeKind.Start) is { } start ? From(start.Id).Tasks : [];
    }

    /// <summary>How many tasks lie before each at least, from 1: for showing them in order.</summary>
    public static ImmutableDictionary<string, int> Order(ProcessDefinition process)
    {
        var order = new Dictionary<string, int>();
        var left = new Queue<(string Node, int Stage)>(process.Nodes.Where(n => n.Kind == NodeKind.Start).Select(n => (n.Id, 1)));
        while (left.TryDequeue(out var at))
        {
            if (!order.TryAdd(at.Node, at.Stage))
                continue;
            foreach (var flow in process.Out(at.Node))
                left.Enqueue((flow.To, at.Stage + (process.Node(at.Node)!.Kind == NodeKind.Task ? 1 : 0)));
        }

        return process.Nodes.Where(n => n.Kind == NodeKind.Task).ToImmutableDictionary(n => n.Id, n => order.GetValueOrDefault(n.Id, 1));
    }
}
