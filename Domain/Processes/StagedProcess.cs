using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Processes;

/// <summary>
/// The graph of an item whose steps have stages instead of a process: the steps of a stage side by side, stages one
/// after another. So one engine runs both; what is recorded of staged cases is what always was.
/// </summary>
internal static class StagedProcess
{
    private const string Start = "(start)";
    private const string End = "(end)";

    // Every step of every case asks for the graph of its item.
    private static readonly ConditionalWeakTable<ItemDefinition, ProcessDefinition> Known = [];

    public static ProcessDefinition Of(ItemDefinition item) => Known.GetValue(item, static asked => Of(asked.Steps));

    private static ProcessDefinition Of(ImmutableArray<StepDefinition> steps)
    {
        var nodes = ImmutableArray.CreateBuilder<ProcessNode>();
        var flows = ImmutableArray.CreateBuilder<ProcessFlow>();
        nodes.Add(new(Start, NodeKind.Start));
        var from = Start;
        void Flow(string source, string target) => flows.Add(new($"{source}>{target}", source, target));
        foreach (var stage in steps.GroupBy(s => s.Stage).OrderBy(g => g.Key))
        {
            var (split, join) = ($"(split {stage.Key})", $"(join {stage.Key})");
            foreach (var step in stage)
                nodes.Add(new(step.Id, NodeKind.Task));
            if (stage.Count() == 1)
            {
                Flow(from, stage.First().Id);
                from = stage.First().Id;
                continue;
            }

            nodes.Add(new(split, NodeKind.Parallel));
            nodes.Add(new(join, NodeKind.Parallel));
            Flow(from, split);
            foreach (var step in stage)
            {
                Flow(split, step.Id);
                Flow(step.Id, join);
            }

            from = join;
        }

        nodes.Add(new(End, NodeKind.End));
        Flow(from, End);
        return new("stages", nodes.ToImmutable(), flows.ToImmutable());
    }
}
