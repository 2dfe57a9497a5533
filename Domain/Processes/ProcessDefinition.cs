using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Processes;

/// <summary>Kinds of node in a process.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<NodeKind>))]
public enum NodeKind
{
    /// <summary>Where a case enters.</summary>
    Start,

    /// <summary>Where a branch ends.</summary>
    End,

    /// <summary>A step that people take; its id is the step's.</summary>
    Task,

    /// <summary>Takes the first way out whose condition holds; takes in any branch as it comes.</summary>
    Exclusive,

    /// <summary>Waits for all ways in, then takes all ways out.</summary>
    Parallel,
}

/// <summary>A node of a process.</summary>
/// <param name="Id">Unique within the process.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Default">The flow that an exclusive gateway takes when no condition holds; null for none.</param>
[GenerateSerializer, Immutable]
public sealed record ProcessNode(string Id, NodeKind Kind, string? Default = null);

/// <summary>A way from one node to another.</summary>
/// <param name="Id">Unique within the process.</param>
/// <param name="From">Id of the node it leaves.</param>
/// <param name="To">Id of the node it leads to.</param>
/// <param name="Condition">When an exclusive gateway takes it, see <see cref="FlowCondition"/>; null for always.</param>
[GenerateSerializer, Immutable]
public sealed record ProcessFlow(string Id, string From, string To, string? Condition = null);

/// <summary>
/// The course of an item as a graph: what of a BPMN process a case needs to run. It travels with each case, so that a
/// case keeps the process it began under.
/// </summary>
/// <param name="Code">Its code in the catalogue.</param>
/// <param name="Nodes">Its nodes.</param>
/// <param name="Flows">Its flows; those of one gateway are tried in this order.</param>
[GenerateSerializer, Immutable]
public sealed record ProcessDefinition(string Code, ImmutableArray<ProcessNode> Nodes, ImmutableArray<ProcessFlow> Flows)
{
    /// <summary>A node; null when there is none of that id.</summary>
    public ProcessNode? Node(string id) => Nodes.FirstOrDefault(n => n.Id == id);

    /// <summary>The flows that leave a node.</summary>
    public IEnumerable<ProcessFlow> Out(string node) => Flows.Where(f => f.From == node);

    /// <summary>The flows that lead to a node.</summary>
    public IEnumerable<ProcessFlow> In(string node) => Flows.Where(f => f.To == node);

    /// <summary>The flows of an exclusive gateway's choice, the default last.</summary>
    internal IEnumerable<ProcessFlow> Choices(ProcessNode gateway) => Out(gateway.Id).OrderBy(f => f.Id == gateway.Default);

    /// <summary>
    /// Whether the process itself says what follows when a step is not approved: the step leads to an exclusive gateway
    /// one of whose conditions asks for its outcome. Otherwise such an outcome is a veto.
    /// </summary>
    public bool Handles(string step)
    {
        var next = Out(step).Select(f => Node(f.To)).FirstOrDefault();
        return next?.Kind == NodeKind.Exclusive && Out(next.Id).Any(f =>
            f.Condition is not null && FlowCondition.TryParse(f.Condition, out var condition, out _) && condition.Steps.Contains(step));
    }

    /// <summary>What the conditions ask of the form, each as it is written in <see cref="FlowCondition.FormQuestions"/>.</summary>
    public IEnumerable<FormQuestion> FormQuestions() => Flows
        .Where(f => f.Condition is not null && FlowCondition.TryParse(f.Condition, out _, out _))
        .SelectMany(f => FlowCondition.Parse(f.Condition!).FormQuestions).DistinctBy(q => q.Text);
}
