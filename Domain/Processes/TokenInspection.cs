using System.Collections.Immutable;

namespace OneStop.Domain.Processes;

/// <summary>
/// Plays every course of a process, each choice both ways, and finds where tokens get stuck or meet. Tasks change
/// nothing in that game and are left out, so that only gateways make it longer.
/// </summary>
internal sealed class TokenInspection
{
    private const int MostMarkings = 20_000;

    private readonly ProcessDefinition process;
    private readonly Dictionary<string, ProcessNode> nodes;
    private readonly Dictionary<string, ImmutableArray<string>> outgoing;
    private readonly Dictionary<string, ImmutableArray<string>> incoming;
    private readonly Dictionary<string, string> targets;
    private readonly SortedDictionary<string, Fault> faults = new(StringComparer.Ordinal);

    private TokenInspection(ProcessDefinition process)
    {
        this.process = process;
        nodes = process.Nodes.ToDictionary(n => n.Id);
        outgoing = process.Nodes.ToDictionary(n => n.Id, n => process.Out(n.Id).Select(f => f.Id).ToImmutableArray());
        incoming = process.Nodes.ToDictionary(n => n.Id, n => process.In(n.Id).Select(f => f.Id).ToImmutableArray());
        targets = process.Flows.ToDictionary(f => f.Id, f => f.To);
    }

    public static IEnumerable<Fault> Faults(ProcessDefinition process)
    {
        var inspection = new TokenInspection(process);
        inspection.Play();
        return inspection.faults.Values;
    }

    private void Play()
    {
        var start = process.Nodes.First(n => n.Kind == NodeKind.Start);
        var first = Settled(outgoing[start.Id]);
        var seen = new HashSet<string> { Key(first) };
        var left = new Queue<ImmutableArray<string>>([first]);
        while (left.TryDequeue(out var marking) && faults.Count == 0)
        {
            var moved = false;
            foreach (var next in Moves(marking))
            {
                moved = true;
                if (Met(next) || !seen.Add(Key(next)))
                    continue;
                left.Enqueue(next);
                if (seen.Count > MostMarkings)
                {
                    faults[process.Code] = new(process.Code, "too-complex", $"Its gateways can stand in more than {MostMarkings} ways; divide the process.");
                    return;
                }
            }

            if (!moved && !marking.IsEmpty)
                Stuck(marking);
        }
    }

    private static string Key(ImmutableArray<string> marking) => string.Join('\n', marking);

    private IEnumerable<ImmutableArray<string>> Moves(ImmutableArray<string> marking)
    {
        foreach (var flow in marking)
        {
            var node = nodes[targets[flow]];
            switch (node.Kind)
            {
                case NodeKind.Exclusive:
                    foreach (var way in outgoing[node.Id])
                        yield return Settled(marking.Remove(flow).Add(way));
                    break;
                case NodeKind.Task:
                    yield return Settled(marking.Remove(flow).AddRange(outgoing[node.Id]));
                    break;
                case NodeKind.End:
                    yield return Settled(marking.Remove(flow));
                    break;
                case NodeKind.Parallel when incoming[node.Id][0] == flow && incoming[node.Id].All(marking.Contains):
                    yield return Settled(incoming[node.Id].Aggregate(marking, (left, way) => left.Remove(way)).AddRange(outgoing[node.Id]));
                    break;
            }
        }
    }

    // A task with one way in holds nothing up and lets nothing meet.
    private ImmutableArray<string> Settled(ImmutableArray<string> marking)
    {
        var settled = new List<string>(marking.Length);
        foreach (var flow in marking)
        {
            var at = flow;
            for (var passed = 0; nodes[targets[at]] is { Kind: NodeKind.Task } task && incoming[task.Id].Length == 1 && passed < process.Nodes.Length; passed++)
                at = outgoing[task.Id][0];
            settled.Add(at);
        }

        settled.Sort(StringComparer.Ordinal);
        return [.. settled];
    }

    // Two branches of one parallel gateway that come together anywhere but at a parallel gateway.
    private bool Met(ImmutableArray<string> marking)
    {
        for (var i = 1; i < marking.Length; i++)
        {
            if (marking[i] != marking[i - 1])
                continue;
            var merge = process.Flows.First(f => f.Id == marking[i]).From;
            for (; nodes[merge] is { Kind: NodeKind.Task } && incoming[merge].Length == 1; merge = process.In(merge).First().From)
            {
            }

            faults.TryAdd(merge, new(merge, "parallel-branches-meet",
                "Parallel branches come together here without a parallel gateway, so that what follows would be done more than once."));
            return true;
        }

        return false;
    }

    private void Stuck(ImmutableArray<string> marking)
    {
        foreach (var gateway in marking.Select(flow => targets[flow]).Distinct())
        {
            var missing = incoming[gateway].Where(way => !marking.Contains(way));
            faults.TryAdd(gateway, new(gateway, "gateway-never-joins",
                $"The parallel gateway can wait for ever for {string.Join(", ", missing)}: on some course no branch comes there."));
        }
    }
}
