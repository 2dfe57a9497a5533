using System.Collections.Immutable;

namespace OneStop.Domain.Processes;

/// <summary>What has to be taken back so that one step is done again and the other branches keep on.</summary>
/// <param name="Step">The step that is done again.</param>
/// <param name="TakenBack">The step that runs after it and waits again; null for none.</param>
/// <param name="Tokens">Where tokens wait afterwards.</param>
internal sealed record BranchReturn(string Step, string? TakenBack, ImmutableArray<string> Tokens)
{
    /// <summary>
    /// Finds the token that left a step that is done: it waits at a gateway, or stands at a step after it. Of a gateway
    /// that was passed together with other branches, these wait there again. Nothing is found once the token was divided.
    /// </summary>
    public static BranchReturn? OfDone(ProcessDefinition process, string step, Predicate<string> isRunning, ImmutableArray<string> tokens)
    {
        var seen = new HashSet<string>();
        var left = new PriorityQueue<(ProcessFlow Flow, ImmutableArray<string> Again), int>();
        void Follow(string node, ImmutableArray<string> again, int joins)
        {
            foreach (var flow in process.Out(node))
                left.Enqueue((flow, again), joins);
        }

        Follow(step, [], 0);
        while (left.TryDequeue(out var at, out var joins))
        {
            if (!seen.Add(at.Flow.Id))
                continue;
            if (tokens.Contains(at.Flow.Id))
                return new(step, null, [.. tokens.Remove(at.Flow.Id), .. at.Again]);
            var node = process.Node(at.Flow.To)!;
            switch (node.Kind)
            {
                case NodeKind.Task when isRunning(node.Id):
                    return new(step, node.Id, [.. tokens, .. at.Again]);
                case NodeKind.Task or NodeKind.Exclusive:
                    Follow(node.Id, at.Again, joins);
                    break;
                case NodeKind.Parallel when process.Out(node.Id).Count() == 1:
                    var others = process.In(node.Id).Where(f => f.Id != at.Flow.Id).Select(f => f.Id);
                    Follow(node.Id, [.. at.Again, .. others], joins + 1);
                    break;
            }
        }

        return null;
    }

    /// <summary>The steps from which a branch may have come to a step, without a parallel gateway on the way.</summary>
    public static IEnumerable<string> Before(ProcessDefinition process, string step)
    {
        var seen = new HashSet<string>();
        var left = new Queue<ProcessFlow>(process.In(step));
        while (left.TryDequeue(out var flow))
        {
            if (!seen.Add(flow.Id))
                continue;
            var node = process.Node(flow.From)!;
            if (node.Kind == NodeKind.Task)
                yield return node.Id;
            if (node.Kind == NodeKind.Exclusive)
                foreach (var before in process.In(node.Id))
                    left.Enqueue(before);
        }
    }
}
