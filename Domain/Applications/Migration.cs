using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Processes;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>
/// Where a case stands in another version of its item: what was done is played through the new graph, each step with
/// its outcomes in their order, until it comes to what is not done yet.
/// </summary>
/// <param name="Opened">Steps that open with the migration.</param>
/// <param name="TakenBack">Steps that nobody has and that do not come yet in the other version.</param>
/// <param name="Tokens">Where tokens wait afterwards.</param>
/// <param name="Faults">Why it cannot be done; empty when it can.</param>
internal sealed record Migration(ImmutableArray<string> Opened, ImmutableArray<string> TakenBack, ImmutableArray<string> Tokens, ImmutableArray<Fault> Faults)
{
    // As many steps as a case can have taken, and then some.
    private const int MostRounds = 1_000;

    public static Migration Plan(ApplicationState state, ItemDefinition item, ImmutableArray<string> formAnswers)
    {
        if (state.AcceptedAt is null || item.Steps.IsEmpty)
            return new([], [], [], Lost(state, []));
        var (graph, done) = (item.Graph, Outcomes(state));
        var (latest, reached, opened) = (new Dictionary<string, StepOutcome>(), new HashSet<string>(), ImmutableArray.CreateBuilder<string>());
        var tokens = TokenGame.Beginning(graph).ToImmutableArray();
        for (var round = 0; round < MostRounds; round++)
        {
            var move = TokenGame.Advance(graph, tokens, condition => condition.Holds(
                step => latest.TryGetValue(step, out var outcome) ? CamelCase.Of(outcome) : null, formAnswers.Contains));
            tokens = move.Waiting;
            var vetoed = false;
            foreach (var step in move.Opened)
            {
                if (!done.TryGetValue(step, out var outcomes) || !outcomes.TryDequeue(out var outcome))
                {
                    reached.Add(step);
                    if (state.Step(step) is not { IsRunning: true })
                        opened.Add(step);
                    continue;
                }

                latest[step] = outcome;
                if (outcome == StepOutcome.Approved || item.Process?.Handles(step) == true)
                    tokens = tokens.AddRange(graph.Out(step).Select(f => f.Id));
                else
                    vetoed = true;
            }

            if (vetoed || move.Opened.IsEmpty || move.Opened.All(reached.Contains))
                break;
        }

        var takenBack = state.Steps.Where(s => s.Status == StepStatus.Open && !reached.Contains(s.Id)).Select(s => s.Id);
        return new(opened.ToImmutable(), [.. takenBack], tokens, Lost(state, reached));
    }

    private static Dictionary<string, Queue<StepOutcome>> Outcomes(ApplicationState state) => state.Steps.ToDictionary(
        step => step.Id,
        step => new Queue<StepOutcome>(step.Earlier.Select(run => run.Outcome).Append(step.Outcome).OfType<StepOutcome>()));

    private static ImmutableArray<Fault> Lost(ApplicationState state, HashSet<string> reached) =>
    [
        .. state.Steps.Where(step => step.Status == StepStatus.Claimed && !reached.Contains(step.Id))
            .Select(step => new Fault("/steps/" + step.Id, "step-lost", $"The step '{step.Id}' is being worked on and has no place in the other version now.")),
    ];
}

/// <summary>What a migration changes (A1).</summary>
/// <param name="AcceptanceNumber">The case.</param>
/// <param name="FromVersion">The version it runs under now.</param>
/// <param name="ToVersion">The other version.</param>
/// <param name="Opened">Steps that open with it.</param>
/// <param name="Dropped">Steps that are no longer there.</param>
/// <param name="Deadlines">Each deadline that moves.</param>
/// <param name="Light">The case's light afterwards.</param>
/// <param name="DryRun">Whether it was only tried out.</param>
[GenerateSerializer, Immutable]
public sealed record MigrationReport(
    string AcceptanceNumber,
    int FromVersion,
    int ToVersion,
    ImmutableArray<string> Opened,
    ImmutableArray<string> Dropped,
    ImmutableArray<DeadlineChange> Deadlines,
    Supervision.Light Light,
    bool DryRun)
{
    /// <summary>Compares a case before and after.</summary>
    /// <param name="before">The case before.</param>
    /// <param name="after">The case after.</param>
    /// <param name="calendar">The calendar of its item.</param>
    /// <param name="dryRun">Whether it was only tried out.</param>
    public static MigrationReport Of(ApplicationState before, ApplicationState after, WorkingCalendar calendar, bool dryRun)
    {
        return new(
            after.Number,
            before.Item!.Version,
            after.Item!.Version,
            [.. after.Steps.Where(s => s.IsRunning && before.Step(s.Id) is not { IsRunning: true }).Select(s => s.Id)],
            [.. before.Steps.Where(s => after.Step(s.Id) is null).Select(s => s.Id)],
            DeadlineChanges.Between(before, calendar, after, calendar),
            after.Light,
            dryRun);
    }
}
