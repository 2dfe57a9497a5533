using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Tests.Applications;

/// <summary>S1 and S5 over arbitrary courses of a case; <see cref="CaseFile"/> asserts after every event that no level has two cards in force.</summary>
public class CoursePropertyTests
{
    private static readonly Gen<ItemDefinition> Definitions =
        from item in Gen.Elements(Items.ShopLicence, Items.Restaurant, Items.MarriageRecord)
        from counting in Gen.Elements(Counting.Days, Counting.Elapsed)
        from promise in Gen.Choose(1, 6)
        select item with { Counting = counting, CommittedLimit = item.CommittedLimit is null ? null : new WorkingDays(promise) };

    private static readonly Gen<Act> Acts =
        from minutes in Gen.Choose(1, 60 * 24 * 6)
        from kind in Gen.Choose(0, 13)
        from days in Gen.Choose(1, 6)
        select new Act(minutes, kind, days);

    private static readonly Arbitrary<(ItemDefinition Item, Channel Channel, List<Act> Acts)> Courses =
        (from item in Definitions from channel in Gen.Elements(Channel.Portal, Channel.Desk) from acts in Acts.ListOf() select (item, channel, acts.ToList())).ToArbitrary();

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void ALateWakeUpGivesTheSameCardsAsAPunctualOne() =>
        Check(course =>
        {
            var punctual = Play(course, true);
            var late = Play(course, false);
            return Facts(punctual).SequenceEqual(Facts(late)) && punctual.State.Status == late.State.Status &&
                punctual.State.Steps.Select(s => s.Light).SequenceEqual(late.State.Steps.Select(s => s.Light));
        });

    [Fact]
    public void PlayingACourseTwiceGivesTheSameEvents() =>
        Check(course => Play(course, true).Events.Select(e => e.ToString()).SequenceEqual(Play(course, true).Events.Select(e => e.ToString())));

    [Fact]
    public void ACardInForceWasReachedNoLaterThanItWasRecorded() =>
        Check(course => Play(course, true).State.Cards.All(c => c.IssuedAt <= c.RecordedAt));

    [Fact]
    public void AfterAWakeUpTheNextOneIsInTheFuture() =>
        Check(course =>
        {
            var file = Play(course, false);
            return file.NextWakeUp is not { } next || next > file.State.LastAt;
        });

    [Fact]
    public void InDayCountingASpecialProcedureOfKWorkingDaysMovesEveryRunningClockByExactlyK() =>
        Prop.ForAll(Gen.Choose(0, 200).ToArbitrary(), Gen.Choose(1, 8).ToArbitrary(), (day, k) =>
        {
            var file = new CaseFile();
            var start = Times.At("2025-09-01 10:00").AddDays(day);
            file.Do(new ReceiveApplication("A1", "R1", Items.ShopLicence, Channel.Desk, []), start, Actor.Public).Do(new AcceptApplication(), start, Items.Clerk);
            var before = Running(file);
            var first = Times.China.AddWorkdays(Times.China.DateOf(start), 1);
            var last = Times.China.AddWorkdays(first, k - 1);
            file.Do(new SuspendApplication(SpecialProcedure.Hearing, k), Times.China.StartOf(first).AddHours(9), Items.Handler)
                .Do(new ResumeApplication(), Times.China.StartOf(last).AddHours(17), Items.Handler);
            return before.Count == 3 && Running(file).Zip(before, (a, b) => Times.China.Workdays(Times.China.DateOf(b), Times.China.DateOf(a))).All(moved => moved == k);
        }).Check(Many);

    [Fact]
    public void ClocksThatWereKeptFromStateToStateAreThoseOfACaseReadAfresh() =>
        Check(course =>
        {
            var kept = Play(course, true);
            var fresh = JsonSerializer.Deserialize<ApplicationState>(JsonSerializer.Serialize(kept.State))!;
            return Clocks(kept.State).SequenceEqual(Clocks(fresh));
        });

    private static IEnumerable<string> Clocks(ApplicationState state) => ApplicationClocks.Of(state).Select(c =>
        $"{c.Kind} {c.Subject} {c.Start:O} {c.Limit} {c.ExtensionWorkingDays} {c.StoppedAt:O} {string.Join(' ', c.Suspensions)} {c.On(Times.China).DueAt:O} {c.On(Times.China).InstantAfter(-2):O}");

    private static List<DateTimeOffset> Running(CaseFile file) =>
        [.. ApplicationClocks.Of(file.State).Where(c => c.StoppedAt is null).Select(c => c.On(file.Calendar).DueAt!.Value)];

    private static void Check(Func<(ItemDefinition Item, Channel Channel, List<Act> Acts), bool> holds) =>
        Prop.ForAll(Courses, holds).Check(Many);

    private static IEnumerable<string> Facts(CaseFile file) =>
        file.State.Cards.Select(c => $"{c.CardId} {c.Clock} {c.Subject} {c.IssuedAt:O} {c.Withdrawal?.Cause}");

    private static CaseFile Play((ItemDefinition Item, Channel Channel, List<Act> Acts) course, bool punctual)
    {
        var file = new CaseFile();
        var at = Times.At("2026-01-26 10:00:00.000001");
        file.Do(new ReceiveApplication("A1", "R1", course.Item, course.Channel, []), at, Actor.Public);
        foreach (var act in course.Acts)
        {
            at = at.AddMinutes(act.Minutes);
            if (punctual)
                file.RunUntil(at, inclusive: false);
            var (command, actor) = act.On(file.State, at);
            file.TryDo(command, at, actor);
        }

        var end = at.AddYears(1);
        if (punctual)
            file.RunUntil(end);
        return file.Do(new WakeUp(end), end, Actor.System);
    }

    private sealed record Act(int Minutes, int Kind, int Days)
    {
        public (ApplicationCommand Command, Actor Actor) On(ApplicationState state, DateTimeOffset at)
        {
            var department = state.Item!.Department;
            var handler = Items.Of(department);
            var step = state.Item.Steps.IsEmpty ? null : state.Item.Steps[Days % state.Item.Steps.Length];
            var stepStaff = step is null ? handler : new Actor("head." + step.Department, step.Department, [Role.Head]);
            return Kind switch
            {
                0 or 1 => (new AcceptApplication(), handler),
                2 => (new RequestCorrection(["lease"]), handler),
                3 => (new SupplementApplication([]), Actor.Public),
                4 => (new SuspendApplication((SpecialProcedure)Days, Days), handler),
                5 or 6 => (new ResumeApplication(), handler),
                7 => (new RecordSuspension(SpecialProcedure.Testing, Days, at.AddDays(-Days), at.AddHours(-1)), handler),
                8 => (new ExtendApplication("r"), new Actor("head", department, [Role.Head])),
                9 or 10 => (new CompleteStep(step?.Id ?? "none", Days == 6 ? StepOutcome.Rejected : StepOutcome.Approved, "o"), stepStaff),
                11 => (new DecideApplication(ApplicationOutcome.Denied, "r"), handler),
                12 => (new DeliverApplication(), handler),
                _ => (new SuspendApplication((SpecialProcedure)Days, Days, at.AddDays(-1)), handler),
            };
        }
    }
}
