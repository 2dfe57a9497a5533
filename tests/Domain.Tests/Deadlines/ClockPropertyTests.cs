using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Tests.Deadlines;

public class ClockPropertyTests
{
    private static readonly Gen<DateTimeOffset> Starts =
        Gen.Choose(0, 60 * 24 * 900).Select(minutes => Times.At("2023-12-01").AddMinutes(minutes));

    private static readonly Gen<ImmutableArray<Suspension>> Suspensions =
        (from start in Starts from minutes in Gen.Choose(0, 60 * 24 * 20) select new Suspension(start, start.AddMinutes(minutes), "testing"))
        .ListOf().Select(list => list.Take(4).ToImmutableArray());

    private static readonly Gen<Counting> Countings = Gen.Elements(Counting.Days, Counting.Elapsed);

    private static readonly Arbitrary<Case> Cases =
        (from start in Starts from days in Gen.Choose(1, 60) from counting in Countings from s in Suspensions select new Case(start, days, counting, s)).ToArbitrary();

    [Fact]
    public void DueIsMonotoneInTheLimit() =>
        Prop.ForAll(Cases, c => c.Clock().DueAt < (c with { Days = c.Days + 1 }).Clock().DueAt).QuickCheckThrowOnFailure();

    [Fact]
    public void DueIsMonotoneInTheStart() =>
        Prop.ForAll(Cases, Gen.Choose(0, 5000).ToArbitrary(), (c, later) => c.Clock().DueAt <= (c with { Start = c.Start.AddMinutes(later) }).Clock().DueAt)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void LevelsStandInTheirOrder() =>
        Prop.ForAll(Cases, c =>
        {
            var clock = c.Clock();
            int[] offsets = [-2, -1, 0, 1, 3];
            return offsets.Zip(offsets.Skip(1)).All(p => clock.InstantAfter(p.First) <= clock.InstantAfter(p.Second)) && clock.InstantAfter(0) == clock.DueAt;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheExplanationCountsExactlyTheLimit() =>
        Prop.ForAll(Cases, c =>
        {
            var days = c.Clock().Explain(default);
            return Math.Abs(days.Sum(d => d.Share) - c.Days) < 1e-6 && (c.Counting == Counting.Elapsed || days.Count(d => d.Counted) == c.Days);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AtTheDueInstantExactlyTheLimitIsUsed() =>
        Prop.ForAll(Cases, c => Math.Abs(c.Clock().UsedWorkdays(c.Clock().DueAt!.Value) - c.Days) < 1e-6).QuickCheckThrowOnFailure();

    [Fact]
    public void InDayCountingASuspensionOfKWorkingDaysMovesTheDueDayByExactlyK() =>
        Prop.ForAll(Starts.ToArbitrary(), Gen.Choose(1, 15).ToArbitrary(), Gen.Choose(2, 40).ToArbitrary(), (start, k, limit) =>
        {
            var first = Times.China.AddWorkdays(Times.China.DateOf(start), 1);
            var last = Times.China.AddWorkdays(first, k - 1);
            var suspension = new Suspension(Times.China.StartOf(first).AddHours(9), Times.China.StartOf(last).AddHours(17), "hearing");
            var before = new Case(start, limit, Counting.Days, []).Clock().DueAt!.Value;
            var after = new Case(start, limit, Counting.Days, [suspension]).Clock().DueAt!.Value;
            return Times.China.Workdays(Times.China.DateOf(before), Times.China.DateOf(after)) == k;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AFurtherSuspensionNeverMakesADeadlineEarlierAndTheSameOneTwiceMovesNothing() =>
        Prop.ForAll(Cases, Suspensions.ToArbitrary(), (c, more) =>
            c.Clock().DueAt <= (c with { Suspensions = c.Suspensions.AddRange(more) }).Clock().DueAt &&
            c.Clock().DueAt == (c with { Suspensions = c.Suspensions.AddRange(c.Suspensions) }).Clock().DueAt).QuickCheckThrowOnFailure();

    [Fact]
    public void LimitsKeepTheirKindInJson()
    {
        Limit[] limits = [new WorkingDays(5), new WorkingHours(8), new CalendarTime(TimeSpan.FromDays(56)), new FixedInstant(Times.At("2026-03-02 10:00"))];
        Assert.Equal(limits, JsonSerializer.Deserialize<Limit[]>(JsonSerializer.Serialize(limits)));
        Assert.Contains("\"kind\":\"workingDays\"", JsonSerializer.Serialize(limits), StringComparison.Ordinal);
    }

    private sealed record Case(DateTimeOffset Start, int Days, Counting Counting, ImmutableArray<Suspension> Suspensions)
    {
        public Clock Clock() => new(Times.China, Start, new WorkingDays(Days), Counting, Suspensions);
    }
}
