using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using OneStop.Domain.Applications;
using OneStop.Domain.Tests.Applications;

namespace OneStop.Domain.Tests.Processes;

/// <summary>Every sound process ends, whatever people decide; and one branch sent back leaves the others alone.</summary>
public class EnginePropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

    // Blocks put together: a task, one after another, side by side, a choice, a loop.
    private static Gen<Block> Blocks(int size) => size <= 1
        ? Gen.Constant(new Block('t', []))
        : Gen.Frequency(
            (1, Gen.Constant(new Block('t', []))),
            (3, from kind in Gen.Elements('s', 'p', 'x') from a in Blocks(size / 2) from b in Blocks(size / 2) select new Block(kind, [a, b])),
            (1, from a in Blocks(size - 1) select new Block('l', [a])));

    private static readonly Arbitrary<(Block Root, int Seed)> Courses =
        (from root in Blocks(8) from seed in Gen.Choose(0, int.MaxValue - 1) select (root, seed)).ToArbitrary();

    [Fact]
    public void EveryGeneratedProcessIsSound() =>
        Prop.ForAll(Courses, course => Bpmn.Faults(Lines(course.Root)).Length == 0).Check(Many);

    [Fact]
    public void EveryCourseOfASoundProcessEndsAndNoStepIsCompletedTwiceInOneRun() =>
        Prop.ForAll(Courses, course =>
        {
            var (file, choices) = Begin(course);
            for (var turn = 0; turn < 200; turn++)
            {
                var running = file.State.Steps.Where(s => s.IsRunning).ToList();
                if (running.Count == 0)
                    return file.State.IsReadyForDecision && file.State.Tokens.IsEmpty && !file.State.IsVetoed;
                var step = running[choices.Next(running.Count)];
                // Loops go round a few times and then on.
                var outcome = turn < 40 && choices.Next(3) == 0 && file.State.Item!.Process!.Handles(step.Id) ? StepOutcome.Returned : StepOutcome.Approved;
                file.Do(new CompleteStep(step.Id, outcome, "o"), "2026-03-02 10:00", Items.Handler);
                if (file.TryDo(new CompleteStep(step.Id, outcome, "o"), Times.At("2026-03-02 10:00"), Items.Handler) && file.State.Step(step.Id)!.Earlier.IsEmpty)
                    return false;
            }

            return false;
        }).Check(Many);

    [Fact]
    public void OneBranchSentBackLeavesTheOthersAndTheirClocksAsTheyWere() =>
        Prop.ForAll(Courses, course =>
        {
            var (file, choices) = Begin(course);
            for (var turn = 0; turn < 40; turn++)
            {
                var at = Times.At("2026-03-02 10:00").AddMinutes(turn);
                var before = file.State;
                var chosen = before.Steps[choices.Next(before.Steps.Length)].Id;
                if (choices.Next(3) == 0 && file.TryDo(new ReturnStep(chosen, "r"), at, Items.Handler))
                {
                    var returned = (StepReturned)file.Events.Last(e => e is StepReturned);
                    var others = before.Steps.Where(s => s.Id != returned.StepId && s.Id != returned.TakenBack).ToList();
                    if (!others.SequenceEqual(others.Select(s => file.State.Step(s.Id)!)))
                        return false;
                }
                else
                {
                    file.TryDo(new CompleteStep(chosen, StepOutcome.Approved, "o"), at, Items.Handler);
                }
            }

            for (var turn = 0; turn < 200 && file.State.Steps.FirstOrDefault(s => s.IsRunning) is { } step; turn++)
                file.Do(new CompleteStep(step.Id, StepOutcome.Approved, "o"), "2026-03-03 10:00", Items.Handler);
            return file.State.IsReadyForDecision && file.State.Tokens.IsEmpty;
        }).Check(Many);

    private static (CaseFile File, Random Choices) Begin((Block Root, int Seed) course)
    {
        var file = new CaseFile();
        var item = Bpmn.Item(Lines(course.Root));
        var answers = new[] { "form.way = 1" }.Where(_ => course.Seed % 2 == 0);
        file.Do(new ReceiveApplication("A1", "R1", item, Channel.Desk, []) { FormAnswers = [.. answers] }, "2026-03-02 10:00", Actor.Public)
            .Do(new AcceptApplication(), "2026-03-02 10:00", Items.Clerk);
        return (file, new Random(course.Seed));
    }

    private static string Lines(Block root)
    {
        var (flows, count) = (new List<string>(), 0);
        string Name(string kind) => kind + (++count).ToString(CultureInfo.InvariantCulture);
        // Draws a block behind a node, and says behind which node the next one comes and how the way there is called.
        (string From, string How) Draw(Block block, string from, string how)
        {
            void Flow(string source, string target, string condition) => flows.Add($"{source} -> {target}{(condition.Length > 0 ? " : " + condition : "")}");
            switch (block.Kind)
            {
                case 't':
                    var task = Name("t");
                    Flow(from, task, how);
                    return (task, "");
                case 's':
                    var (middle, way) = Draw(block.Inner[0], from, how);
                    return Draw(block.Inner[1], middle, way);
                case 'l':
                    var (again, check, gateway) = (Name("x"), Name("t"), Name("x"));
                    Flow(from, again, how);
                    var (end, last) = Draw(block.Inner[0], again, "");
                    Flow(end, check, last);
                    Flow(check, gateway, "");
                    Flow(gateway, again, $"outcome({check}) = 'returned'");
                    return (gateway, "default");
                default:
                    var kind = block.Kind == 'p' ? "p" : "x";
                    var (split, join) = (Name(kind), Name(kind));
                    Flow(from, split, how);
                    for (var i = 0; i < 2; i++)
                    {
                        var (left, rest) = Draw(block.Inner[i], split, kind == "p" ? "" : i == 0 ? "form.way = 1" : "default");
                        Flow(left, join, rest);
                    }

                    return (join, "");
            }
        }

        var (final, condition) = Draw(root, "start", "");
        flows.Add($"{final} -> end{(condition.Length > 0 ? " : " + condition : "")}");
        return string.Join('\n', flows);
    }

    private sealed record Block(char Kind, Block[] Inner);
}
