using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Processes;

namespace OneStop.Domain.PreNotices;

/// <summary>Works out what a plan will need, when every application is complete and every step approved.</summary>
public static class PreNoticeRules
{
    /// <summary>The notice of a plan.</summary>
    /// <param name="plan">The items it names, each with the answers of its form as far as they are known.</param>
    /// <param name="itemOf">An item in force.</param>
    /// <param name="calendarOf">A calendar in force.</param>
    /// <param name="from">When it begins.</param>
    /// <exception cref="OneStopException"><c>circular-approvals</c>, and those of <paramref name="itemOf"/>.</exception>
    public static PreNotice Of(
        ImmutableDictionary<string, JsonElement> plan, Func<string, ItemDefinition> itemOf, Func<string, WorkingCalendar> calendarOf, DateTimeOffset from)
    {
        var items = new Dictionary<string, ItemDefinition>(StringComparer.Ordinal);
        ItemDefinition Known(string code) => items.TryGetValue(code, out var known) ? known : items[code] = itemOf(code);
        var planned = plan.Keys.Order(StringComparer.Ordinal).ToList();
        var before = Closure(planned, code => Known(code).PreApprovals);
        var all = Closure(Closure(planned, code => Known(code).PostApprovals), code => Known(code).PreApprovals).Union(before).ToHashSet(StringComparer.Ordinal);
        var earlier = all.ToDictionary(
            code => code,
            code => Known(code).PreApprovals.Union(all.Where(other => Known(other).PostApprovals.Contains(code))).Order(StringComparer.Ordinal).ToImmutableArray());

        var approvals = new Dictionary<string, PlannedApproval>(StringComparer.Ordinal);
        var materials = new List<PlannedMaterial>();
        foreach (var code in InOrder(all, earlier))
        {
            var need = plan.ContainsKey(code) ? ApprovalNeed.Planned : before.Contains(code) ? ApprovalNeed.Before : ApprovalNeed.Afterwards;
            var (item, answers) = (Known(code), plan.TryGetValue(code, out var form) ? form : default);
            var start = earlier[code].Select(other => approvals[other].DecidedBy).Append(from).Max();
            var clock = new Clock(calendarOf(item.Calendar), start, item.CommittedLimit ?? item.StatutoryLimit, item.Counting, []);
            approvals.Add(code, new(
                code, item.Name, item.Department, need, earlier[code], start, clock.DueAt!.Value,
                clock.Provisional || earlier[code].Any(other => approvals[other].Provisional), Steps(item, answers), item.Fee, item.Licence));
            Gather(materials, item);
        }

        return new(
            from,
            [.. approvals.Values],
            [.. materials],
            [.. approvals.Values.SelectMany(a => a.Steps.Select(step => step.Department).Prepend(a.Department)).Distinct()],
            approvals.Values.Max(a => a.DecidedBy),
            approvals.Values.Any(a => a.Provisional));
    }

    private static HashSet<string> Closure(IEnumerable<string> codes, Func<string, ImmutableArray<string>> next)
    {
        var found = new HashSet<string>(codes, StringComparer.Ordinal);
        var left = new Queue<string>(found);
        while (left.TryDequeue(out var code))
            foreach (var other in next(code))
                if (found.Add(other))
                    left.Enqueue(other);
        return found;
    }

    private static IEnumerable<string> InOrder(HashSet<string> all, Dictionary<string, ImmutableArray<string>> earlier)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (done.Count < all.Count)
        {
            var ready = all.Where(code => !done.Contains(code) && earlier[code].All(done.Contains)).Order(StringComparer.Ordinal).ToList();
            if (ready.Count == 0)
                throw Refusals.Conflict("circular-approvals", "The items of the catalogue wait for each other: " + string.Join(", ", all.Except(done).Order(StringComparer.Ordinal)) + ".");
            foreach (var code in ready)
            {
                done.Add(code);
                yield return code;
            }
        }
    }

    // The case is played through with every step approved; what is done again in a loop is shown once.
    private static ImmutableArray<PlannedStep> Steps(ItemDefinition item, JsonElement form)
    {
        if (item.Steps.IsEmpty)
            return [];
        var graph = item.Graph;
        var answers = form.ValueKind == JsonValueKind.Object ? FormQuestion.Answered(graph, form) : [];
        var steps = ImmutableArray.CreateBuilder<PlannedStep>();
        var tokens = TokenGame.Beginning(graph);
        for (var order = 1; ; order++)
        {
            var move = TokenGame.Advance(graph, tokens, condition => condition.Holds(_ => CamelCase.Of(StepOutcome.Approved), answers.Contains));
            var opened = move.Opened.Where(id => steps.All(step => step.Id != id)).Distinct().ToList();
            if (opened.Count == 0)
                return steps.ToImmutable();
            foreach (var definition in opened.Select(id => item.Steps.First(step => step.Id == id)))
                steps.Add(new(definition.Id, definition.Name, definition.Department, order));
            tokens = [.. move.Waiting, .. opened.SelectMany(graph.Out).Select(flow => flow.Id)];
        }
    }

    private static void Gather(List<PlannedMaterial> materials, ItemDefinition item)
    {
        foreach (var material in item.Materials)
        {
            var name = new LocalizedText(material.Zh, material.En);
            var index = materials.FindIndex(known => known.Name == name);
            if (index < 0)
                materials.Add(new(name, material.Required, material.Copies, [item.Code]));
            else
                materials[index] = materials[index] with
                {
                    Required = materials[index].Required || material.Required,
                    Copies = materials[index].Copies + material.Copies,
                    For = materials[index].For.Add(item.Code),
                };
        }
    }
}
