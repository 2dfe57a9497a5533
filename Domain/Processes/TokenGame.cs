using System.Collections.Immutable;

namespace OneStop.Domain.Processes;

/// <summary>Where the tokens of a case are after a move.</summary>
/// <param name="Waiting">The flows on which tokens wait, in a stable order; a flow stands there once for each token.</param>
/// <param name="Opened">The steps that a token reached.</param>
internal sealed record TokenMove(ImmutableArray<string> Waiting, ImmutableArray<string> Opened);

/// <summary>
/// Moves tokens through a process until each one stands at a step, waits at a parallel gateway for the others, or has
/// ended. A step holds its token while it runs; only tokens on flows are named.
/// </summary>
internal static class TokenGame
{
    // A sound process has no circle without a step in it; this holds for one that was never inspected.
    private const int MostMoves = 10_000;

    /// <summary>The token of a case that begins.</summary>
    public static IEnumerable<string> Beginning(ProcessDefinition process) =>
        process.Nodes.Where(n => n.Kind == NodeKind.Start).SelectMany(n => process.Out(n.Id)).Select(f => f.Id);

    public static TokenMove Advance(ProcessDefinition process, IEnumerable<string> tokens, Func<FlowCondition, bool> holds)
    {
        var flows = process.Flows.ToDictionary(f => f.Id);
        var moving = new Queue<ProcessFlow>(tokens.Select(t => flows[t]));
        var waiting = new List<string>();
        var opened = ImmutableArray.CreateBuilder<string>();
        for (var moves = 0; moving.TryDequeue(out var flow); moves++)
        {
            if (moves > MostMoves)
                throw new InvalidOperationException($"Process {process.Code} goes round without a step.");
            var node = process.Node(flow.To)!;
            switch (node.Kind)
            {
                case NodeKind.Task:
                    opened.Add(node.Id);
                    break;
                case NodeKind.Exclusive:
                    moving.Enqueue(process.Choices(node).First(f => f.Id == node.Default || f.Condition is null || holds(FlowCondition.Parse(f.Condition))));
                    break;
                case NodeKind.Parallel:
                    waiting.Add(flow.Id);
                    var ways = process.In(node.Id).Select(f => f.Id).ToList();
                    if (ways.TrueForAll(waiting.Contains))
                    {
                        foreach (var way in ways)
                            waiting.Remove(way);
                        foreach (var way in process.Out(node.Id))
                            moving.Enqueue(way);
                    }

                    break;
            }
        }

        waiting.Sort(StringComparer.Ordinal);
        return new([.. waiting], opened.ToImmutable());
    }
}
