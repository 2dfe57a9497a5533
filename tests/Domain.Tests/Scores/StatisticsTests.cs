using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls.Ratings;
using OneStop.Domain.Supervision;
using OneStop.Domain.Supervision.Statistics;

namespace OneStop.Domain.Tests.Scores;

public class StatisticsTests
{
    private static readonly TownDefinition Town = new(
        new RegionDefinition("440100", new("广州市", "Guangzhou")),
        [new("market", new("市场", "Market")), new("street", new("街道", "Street")) { Level = GovernmentLevel.Township }],
        [],
        []);

    [Theory]
    [InlineData("department", "market: 2 accepted, 1 done, 0 cards|street: 1 accepted, 0 done, 1 cards")]
    [InlineData("item", "permit: 3 accepted, 1 done, 1 cards")]
    [InlineData("month", "2026-03: 2 accepted, 1 done, 0 cards|2026-04: 1 accepted, 0 done, 1 cards")]
    [InlineData("year", "2026: 3 accepted, 1 done, 1 cards")]
    [InlineData("level", "city: 2 accepted, 1 done, 0 cards|township: 1 accepted, 0 done, 1 cards")]
    [InlineData("post", "permit/review: 1 accepted, 1 done, 0 cards")]
    [InlineData("department,day", "market 2026-03-02: 1 accepted, 0 done, 0 cards|market 2026-03-31: 1 accepted, 1 done, 0 cards|street 2026-04-01: 1 accepted, 0 done, 1 cards")]
    public void FiguresAreGroupedAsAsked(string by, string expected)
    {
        var lines = StatisticsTable.Of(Ledger(), StatisticsQuestion.Parse("2026-01-01", "2026-12-31", by), Town);

        Assert.Equal(
            expected,
            string.Join('|', lines.Select(l => $"{string.Join(' ', l.Group)}: {l.Figures.Accepted} accepted, {l.Figures.Completed} done, {l.Figures.Warnings + l.Figures.Yellows + l.Figures.Reds} cards")));
    }

    [Fact]
    public void BothDaysOfAPeriodCountAndNoOther() => Assert.Equal(
        1,
        Assert.Single(StatisticsTable.Of(Ledger(), StatisticsQuestion.Parse("2026-03-31", "2026-03-31", "department"), Town)).Figures.Accepted);

    [Fact]
    public void MeansAndSharesAreRoundedToTwoDecimals()
    {
        var tally = new Mark[]
        {
            Done(100), Done(100), Done(201), Rated(Grade.Satisfied), Rated(Grade.BasicallySatisfied), Rated(Grade.Dissatisfied),
        }.Aggregate(Tally.None, (sum, mark) => sum.With(mark, 1));

        Assert.Equal((1.34m, 66.67m), (tally.MeanWorkingDays, tally.Ratings.SatisfiedPercent));
        Assert.Equal((null, null), (Tally.None.MeanWorkingDays, Tally.None.Ratings.SatisfiedPercent));
    }

    [Theory]
    [InlineData("2026-03-02", "2026-03-01", "department", "from after-to")]
    [InlineData("2026-01-01", "2027-01-02", "department", "to out-of-range")]
    [InlineData(null, "2026-03-01", "department", "from required")]
    [InlineData("2026-02-30", "2026-03-01", "department", "from malformed")]
    [InlineData("2026-3-1", "yesterday", "colour", "from malformed, to malformed, by not-one-of")]
    [InlineData("1999-12-31", "2000-01-01", "department", "from out-of-range")]
    [InlineData("2026-03-01", "2026-03-01", "", "by not-one-of")]
    [InlineData("2026-03-01", "2026-03-01", "day,day", "by out-of-range")]
    [InlineData("2026-03-01", "2026-03-01", "day,item,level,department", "by out-of-range")]
    public void ABadQuestionIsRefusedWithAllThatIsWrong(string? from, string to, string by, string faults)
    {
        var refusal = Assert.Throws<OneStopException>(() => StatisticsQuestion.Parse(from, to, by));

        Assert.Equal(faults, string.Join(", ", refusal.Faults.Select(f => $"{f.Pointer} {f.Code}")));
    }

    [Fact]
    public void ALeapYearCanBeAskedForWhole() => Assert.Equal(366, StatisticsQuestion.Parse("2028-01-01", "2028-12-31", null).To.DayNumber - new DateOnly(2027, 12, 31).DayNumber);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\tx", "'\tx")]
    [InlineData("＝1", "'＝1")]
    [InlineData("", "")]
    public void AFieldIsQuotedAndIsNoFormula(string value, string field) => Assert.EndsWith(
        $"\r\n{field},0,0,0,0,,0,0,0,0,0,0,0,0,\r\n", StatisticsCsv.Of([StatisticsBy.Department], [new StatisticsLine([value], Tally.None)]), StringComparison.Ordinal);

    [Fact]
    public void CsvHasAHeaderAndALineForEachGroup()
    {
        var question = StatisticsQuestion.Parse("2026-03-01", "2026-03-31", "department,month");

        Assert.Equal(
            "\uFEFFdepartment,month,accepted,completed,onTime,early,meanWorkingDays,warnings,yellows,reds,verySatisfied,satisfied,basicallySatisfied,dissatisfied,veryDissatisfied,satisfiedPercent\r\n"
            + "market,2026-03,2,1,1,1,2.5,0,0,0,0,0,0,0,0,\r\n",
            StatisticsCsv.Of(question.By, StatisticsTable.Of(Ledger(), question, Town)));
    }

    private static PerformanceLedger Ledger()
    {
        var ledger = new PerformanceLedger(2026);
        ledger.Apply("application/1", 3, [new Accepted(new(2026, 3, 2), "market", "permit", null, null, 0), new Completed(new(2026, 3, 31), "market", "permit", null, null, true, 10, 250)]);
        ledger.Apply("application/2", 4, [new Accepted(new(2026, 3, 31), "market", "permit", null, null, 0), new Accepted(new(2026, 3, 31), "market", "permit", "review", null, 0)]);
        ledger.Apply("application/3", 2, [new Accepted(new(2026, 4, 1), "street", "permit", null, null, 0), new Completed(new(2026, 4, 1), "market", "permit", "review", "li", true, 0, 100)]);
        ledger.Apply("application/4", 2, [new CardScored(new(2026, 4, 1), "street", "permit", null, null, CardLevel.Red, Times.At("2026-04-01 00:00"))]);
        ledger.Apply("application/5", 2, [new Accepted(new(2025, 12, 31), "market", "permit", null, null, 0)]);
        return ledger;
    }

    private static Completed Done(long hundredths) => new(new(2026, 3, 2), "market", "permit", null, null, true, 0, hundredths);

    private static ServiceRated Rated(Grade grade) => new(new(2026, 3, 2), "", "", null, "clerk1", grade, false);
}
