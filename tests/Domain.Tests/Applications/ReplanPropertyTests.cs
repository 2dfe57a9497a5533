using FsCheck;
using FsCheck.Fluent;
using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Tests.Applications;

/// <summary>A11 and S5 over arbitrary changes of a calendar, of a time rule, and of the order in which facts become known.</summary>
public class ReplanPropertyTests
{
    private static readonly DateTimeOffset Monday = Times.At("2026-03-02 10:00");

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

    // Days around the course of the case: off or worked, whatever they were.
    private static readonly Gen<List<DayFact>> Days =
        from days in (from day in Gen.Choose(-3, 40) from off in Gen.Elements(true, false) select (day, off)).ListOf()
        select days.DistinctBy(d => d.day).Select(d => new DayFact(DateOnly.FromDateTime(Monday.DateTime).AddDays(d.day), "汛情", d.off)).ToList();

    private static readonly Gen<(Counting Counting, int Hours, int Suspended)> Courses =
        from counting in Gen.Elements(Counting.Days, Counting.Elapsed)
        from hours in Gen.Choose(1, 24 * 45)
        from suspended in Gen.Choose(0, 5)
        select (counting, hours, suspended);

    private static readonly Gen<List<Fact>> Facts =
        (from procedure in Gen.Elements(SpecialProcedure.Hearing, SpecialProcedure.Testing)
         from days in Gen.Choose(1, 6)
         from begin in Gen.Choose(1, 24 * 30)
         from hours in Gen.Choose(0, 24 * 10)
         select new Fact(procedure, days, begin, hours)).ListOf().Select(list => list.Take(4).ToList());

    [Fact]
    public void AChangedCalendarAndItsReverseRestoreEveryDeadlineAndEveryCard() =>
        Prop.ForAll(Courses.ToArbitrary(), Days.ToArbitrary(), (course, days) =>
        {
            var (file, now) = Played(course);
            var (deadlines, cards, light) = (Deadlines(file), InForce(file), file.State.Light);
            var stood = file.State.Cards.Where(c => c.InForce).Select(c => c.CardId).ToHashSet();

            Change(file, Times.China.Definition.With(null, [.. days]));
            file.Do(new ReplanApplication(), now, Items.Admin).RunUntil(now);
            var between = Deadlines(file);
            Change(file, Times.China.Definition with { Version = 3 });
            file.Do(new ReplanApplication(), now, Items.Admin).RunUntil(now);

            var moves = file.Events.OfType<DeadlinesReplanned>().ToList();
            return moves.Count == 2 && Told(moves[0]).SequenceEqual(Differences(deadlines, between)) && Told(moves[1]).SequenceEqual(Differences(between, deadlines)) &&
                Deadlines(file).SequenceEqual(deadlines) && InForce(file).SequenceEqual(cards) && file.State.Light == light &&
                file.State.Cards.Where(c => stood.Contains(c.CardId)).All(c => c.InForce || c.Withdrawal!.Cause == WithdrawalCause.Recomputed);
        }).Check(Many);

    [Fact]
    public void ACaseThatIsPlannedAgainIsAsIfItHadAlwaysCountedByTheNewCalendar() =>
        Prop.ForAll(Courses.ToArbitrary(), Days.ToArbitrary(), (course, days) =>
        {
            var changed = Times.China.Definition.With(null, [.. days]);
            var (always, now) = Played(course, changed);
            var (later, _) = Played(course);
            Change(later, changed);
            later.Do(new ReplanApplication(), now, Items.Admin).RunUntil(now);
            return Deadlines(later).SequenceEqual(Deadlines(always)) && InForce(later).SequenceEqual(InForce(always));
        }).Check(Many);

    [Fact]
    public void WhoeverComesFirstPlansTheCaseAgainWithTheSameResult() =>
        Prop.ForAll(Courses.ToArbitrary(), Days.ToArbitrary(), (course, days) =>
        {
            CaseFile After(ApplicationCommand first, Actor actor)
            {
                var (file, now) = Played(course);
                Change(file, Times.China.Definition.With(null, [.. days]));
                return file.Do(first, now, actor).Do(new ReplanApplication(), now, Items.Admin).RunUntil(now);
            }

            var (replanned, urged) = (After(new ReplanApplication(), Items.Admin), After(new UrgeApplication(), Items.Officer));
            return InForce(urged).SequenceEqual(InForce(replanned)) && Deadlines(urged).SequenceEqual(Deadlines(replanned)) &&
                urged.Events.OfType<DeadlinesReplanned>().Count() == 1;
        }).Check(Many);

    [Fact]
    public void TheOrderInWhichFactsBecomeKnownDoesNotMatterToTheCardsInForce() =>
        Prop.ForAll(Courses.ToArbitrary(), Facts.ToArbitrary(), (course, facts) =>
        {
            var known = Monday.AddDays(60);
            CaseFile After(IEnumerable<Fact> order)
            {
                var file = Played(course).File.RunUntil(known);
                foreach (var fact in order)
                    file.Do(new RecordSuspension(fact.Procedure, fact.Days, Monday.AddHours(fact.From), Monday.AddHours(fact.From + fact.Hours)), known, Items.Officer);
                return file;
            }

            return InForce(After(facts)).SequenceEqual(InForce(After(facts.AsEnumerable().Reverse())));
        }).Check(Many);

    [Fact]
    public void NoCardStandsWithoutAnEventThatIssuedItAndNoneFallsWithoutOneThatExplainsIt() =>
        Prop.ForAll(Courses.ToArbitrary(), Days.ToArbitrary(), (course, days) =>
        {
            var (file, now) = Played(course);
            Change(file, Times.China.Definition.With(null, [.. days]));
            file.Do(new ReplanApplication(), now, Items.Admin).RunUntil(now);
            file.Do(new ChangeTimeRule(Chengdu), now, Items.Admin).RunUntil(now);
            var told = file.Events.OfType<CardIssued>().ToDictionary(e => e.CardId);
            var fell = file.Events.OfType<CardWithdrawn>().Select(e => e.CardId).ToHashSet();
            var firstChange = file.Events.FindIndex(e => e is DeadlinesReplanned or SuspensionRecorded or TimeRuleChanged);
            return file.State.Cards.All(c => told[c.CardId].IssuedAt == c.IssuedAt && told[c.CardId].Level == c.Level && c.InForce != fell.Contains(c.CardId)) &&
                told.Count == file.State.Cards.Length && file.Events.FindIndex(e => e is CardWithdrawn) is var first && (first < 0 || (firstChange >= 0 && firstChange < first));
        }).Check(Many);

    [Fact]
    public void AChangedTimeRuleAndItsReverseRestoreEveryCard() =>
        Prop.ForAll(Courses.ToArbitrary(), course =>
        {
            var (file, now) = Played(course);
            var cards = InForce(file);
            file.Do(new ChangeTimeRule(Chengdu), now, Items.Admin).RunUntil(now);
            var other = InForce(file);
            file.Do(new ChangeTimeRule(TimeRule.Default with { Version = 3 }), now, Items.Admin).RunUntil(now);
            var (always, _) = Played(course, rule: Chengdu);
            return InForce(file).SequenceEqual(cards) && other.SequenceEqual(InForce(always));
        }).Check(Many);

    // Yellow when nearly due and red when overdue, without a warning (RULES 3).
    private static TimeRule Chengdu { get; } = TimeRule.Default with
    {
        Version = 2,
        Cards = [new(CardLevel.Yellow, ClockKind.Committed, -2), new(CardLevel.Red, ClockKind.Committed, 0)],
    };

    private static (CaseFile File, DateTimeOffset Now) Played(
        (Counting Counting, int Hours, int Suspended) course, CalendarDefinition? calendar = null, TimeRule? rule = null)
    {
        var file = new CaseFile { Book = new RuleBook(calendar is null ? Times.China : new WorkingCalendar(calendar)) };
        var item = Items.ShopLicence with { Counting = course.Counting, TimeRule = rule ?? TimeRule.Default };
        file.Do(new ReceiveApplication("A1", "R1", item, Channel.Desk, []), Monday, Actor.Public).Do(new AcceptApplication(), Monday, Items.Clerk);
        var now = Monday.AddHours(course.Hours);
        file.RunUntil(now);
        // Announced long enough to give no card of its own: what a clock that has ended gave is settled, and no change of a rule reaches it.
        if (course.Hours > 2 && course.Suspended > 0)
            file.Do(new RecordSuspension(SpecialProcedure.Inspection, 60, Monday.AddHours(1), Monday.AddHours(1 + ((course.Hours - 1) * course.Suspended / 10.0))), now, Items.Officer);
        file.RunUntil(now);
        return (file, now);
    }

    private static void Change(CaseFile file, CalendarDefinition calendar) => file.Book = new RuleBook(new WorkingCalendar(calendar), file.Book.Calendar);

    // The time to explain a card counts from its record, and a card that came with a change was recorded with it.
    private static List<(ClockKind Kind, string? Subject, DateTimeOffset? DueAt)> Deadlines(CaseFile file) =>
        [.. ApplicationClocks.Of(file.State).Where(c => c.StoppedAt is null && c.Kind != ClockKind.Explanation).Select(c => (c.Kind, c.Subject, c.On(file.Calendar).DueAt))];

    private static List<(CardLevel Level, DateTimeOffset IssuedAt)> InForce(CaseFile file) =>
        [.. file.State.Cards.Where(c => c.InForce).Select(c => (c.Level, c.IssuedAt)).Order()];

    private static IEnumerable<(ClockKind, DateTimeOffset?, DateTimeOffset?)> Told(DeadlinesReplanned e) => e.Changes.Where(c => c.Clock != ClockKind.Explanation).Select(c => (c.Clock, c.Before, c.After));

    private static IEnumerable<(ClockKind, DateTimeOffset?, DateTimeOffset?)> Differences(
        List<(ClockKind Kind, string? Subject, DateTimeOffset? DueAt)> before, List<(ClockKind Kind, string? Subject, DateTimeOffset? DueAt)> after) =>
        before.Zip(after).Where(p => p.First.DueAt != p.Second.DueAt).Select(p => (p.First.Kind, p.First.DueAt, p.Second.DueAt));

    private sealed record Fact(SpecialProcedure Procedure, int Days, int From, int Hours);
}
