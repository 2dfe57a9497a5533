using System.Collections.Immutable;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls.Ratings;
using OneStop.Domain.Supervision;
using OneStop.Domain.Supervision.Scores;
using OneStop.Domain.Supervision.Statistics;

namespace OneStop.Domain.Tests.Scores;

/// <summary>RULES, 3: points of cards and bonuses, parts, months and years.</summary>
public class ScoringTests
{
    private static readonly DateOnly March = new(2026, 3, 1);

    [Fact]
    public void TheDefaultPartsAreAHundredPointsTogether() => Assert.Equal(100, ScoreRubric.Default.Parts.Sum(p => p.Points));

    [Theory]
    [InlineData("warning warning", 100)]
    [InlineData("warning warning warning", 97)]
    [InlineData("warning warning warning warning warning warning", 94)]
    [InlineData("warning warning yellow warning", 95)]
    [InlineData("yellow", 95)]
    [InlineData("red", 90)]
    [InlineData("red yellow", 86)]
    [InlineData("red red red", 86)]
    public void CardsCostTheirPointsAndNoPartGoesBelowZero(string levels, int expected)
    {
        var cards = levels.Split(' ').Select((level, i) => Card(i, Enum.Parse<CardLevel>(level, ignoreCase: true)));

        Assert.Equal(expected, March26(cards).Total);
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(19, 1)]
    [InlineData(20, 2)]
    [InlineData(95, 9)]
    public void FinishingEarlyBringsOnePointForEachTenPerCent(int early, int bonus) =>
        Assert.Equal(bonus, March26([new Completed(March, "market", "i", null, null, true, early, 100)]).Bonus);

    [Theory]
    [InlineData(29, 0)]
    [InlineData(30, 3)]
    [InlineData(39, 3)]
    [InlineData(40, 4)]
    [InlineData(65, 6)]
    public void PromisingLessThanTheLawBringsThreePointsFromThirtyPerCentOn(int below, int bonus) =>
        Assert.Equal(bonus, March26([new Accepted(March, "market", "i", null, null, below)]).Bonus);

    [Fact]
    public void EarlinessIsThatOfTheMonthsCasesOnAverage() => Assert.Equal(
        2,
        March26([new Completed(March, "market", "i", null, null, true, 50, 100), new Completed(March, "market", "i", null, null, false, 0, 900)]).Bonus);

    [Fact]
    public void FindingsCostWhatTheirRuleSaysInTheirPart()
    {
        var score = March26([new FindingScored(March, "market", "i", null, null, FindingKind.FeeAgainstStandard, 3)]);

        Assert.Equal(5, score.Parts.Single(p => p.Part == ScorePart.Fees).Points);
        Assert.Equal(97, score.Total);
    }

    [Fact]
    public void ABadGradeAndAnOverdueRectificationCostPoints()
    {
        var score = March26([new ServiceRated(March, "market", "", null, "clerk1", Grade.VeryDissatisfied, true)]);

        Assert.Equal(
            [8, 8],
            score.Parts.Where(p => p.Part is ScorePart.Attitude or ScorePart.Responsibility).Select(p => p.Points));
    }

    [Fact]
    public void AYearIsTheMeanOfTheMonthsWithSomethingToScore()
    {
        var ledger = Ledger([Card(0, CardLevel.Red), new Accepted(new(2026, 5, 4), "market", "i", null, null, 0)]);

        var line = Assert.Single(Ranking.Of(ledger, ScoreSubject.Department, ScorePeriod.Parse("2026"), [], ImmutableDictionary<string, decimal>.Empty));

        Assert.Equal((95m, "2026-03 2026-05"), (line.Score, string.Join(' ', line.Months.Select(m => m.Month))));
    }

    [Fact]
    public void EqualScoresShareAPlaceAndAreComparedWithThePeriodBefore()
    {
        var ledger = Ledger([Card(0, CardLevel.Red), Accepted("civil"), Accepted("tax"), Accepted("market")]);

        var lines = Ranking.Of(
            ledger, ScoreSubject.Department, ScorePeriod.Parse("2026-03"), [], ImmutableDictionary<string, decimal>.Empty.Add("market", 95));

        Assert.Equal(["1 civil 100 ", "1 tax 100 ", "3 market 90 -5"], lines.Select(l => $"{l.Rank} {l.Code} {l.Score} {l.Change}"));
    }

    [Fact]
    public void AMonthIsScoredByTheRubricThatIsInForceThen()
    {
        var milder = ScoreRubric.Default with { Version = 1, From = new(2026, 4, 1), Cards = [new(CardLevel.Red, 1, 1, ScorePart.Supervision)] };
        var ledger = Ledger([Card(0, CardLevel.Red), new CardScored(new(2026, 4, 7), "market", "i", null, null, CardLevel.Red, Times.At("2026-04-07 00:00"))]);

        var line = Assert.Single(Ranking.Of(ledger, ScoreSubject.Department, ScorePeriod.Parse("2026"), [milder], ImmutableDictionary<string, decimal>.Empty));

        Assert.Equal([(0, 90), (1, 99)], line.Months.Select(m => (m.Rubric, m.Total)));
    }

    [Fact]
    public void WhatARubricSaidOnceStays()
    {
        var rubric = ScoreRubric.Default with { Version = 1, From = March };
        var state = new CatalogueState(Town(rubric));

        Assert.Null(Define(rubric, rubric with { Version = 2, From = new(2026, 4, 1) }));
        Assert.Equal("published", Define(rubric with { OverdueRectification = 9 }));
        Assert.Equal("published", Define());

        string? Define(params ScoreRubric[] rubrics) =>
            CatalogueState.Define(state, Town(rubrics), "admin", Times.At("2026-03-02 10:00")).Refusal?.Faults.Single().Code;
    }

    [Fact]
    public void AFaultyRubricIsRefusedWithAllThatIsWrong()
    {
        var faulty = ScoreRubric.Default with { Version = 0, From = new(2026, 3, 2), Parts = [new(ScorePart.Time, 90)], Early = new(0, 1, 0, 1), OverdueRectification = -1 };

        var faults = TownInspection.Faults(Town(faulty)).Select(f => f.Pointer).Order();

        Assert.Equal(
            ["/rubrics/0/early", "/rubrics/0/from", "/rubrics/0/overdueRectification", "/rubrics/0/parts", "/rubrics/0/version"], faults);
    }

    [Fact]
    public void RubricsComeBackFromTheirFileAsTheyWere()
    {
        var town = Town(ScoreRubric.Default with { Version = 1, From = March });

        Assert.Empty(CatalogueFiles.Read(CatalogueFiles.Write(town), out var read));

        Assert.Equal(CatalogueFiles.Write(town), CatalogueFiles.Write(read!));
        Assert.Equal(1, Assert.Single(read!.Rubrics).Version);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-13")]
    [InlineData("2026-3")]
    [InlineData("26")]
    [InlineData("1999")]
    [InlineData("2200-01")]
    [InlineData("2026-03-01")]
    [InlineData("march")]
    public void AnythingButAMonthOrAYearIsRefused(string? period) =>
        Assert.Equal("validation", Assert.Throws<OneStopException>(() => ScorePeriod.Parse(period)).Code);

    [Theory]
    [InlineData("2026-01", "2025-12")]
    [InlineData("2026-03", "2026-02")]
    [InlineData("2026", "2025")]
    public void APeriodIsComparedWithTheOneBefore(string period, string before) => Assert.Equal(before, ScorePeriod.Parse(period).Before.ToString());

    private static TownDefinition Town(params ScoreRubric[] rubrics) =>
        new(new RegionDefinition("441900102", new("石龙镇", "Shilong")), [new("market", new("市场", "Market"))], [], []) { Rubrics = [.. rubrics] };

    private static Accepted Accepted(string department) => new(March, department, "i", null, null, 0);

    private static CardScored Card(int minute, CardLevel level) => new(March, "market", "i", null, null, level, Times.At("2026-03-01 00:00").AddMinutes(minute));

    private static PerformanceLedger Ledger(IEnumerable<Mark> marks)
    {
        var ledger = new PerformanceLedger(2026);
        foreach (var (mark, i) in marks.Select((mark, i) => (mark, i))) ledger.Apply("application/" + i, 1, [mark]);
        return ledger;
    }

    private static MonthScore March26(IEnumerable<Mark> marks) => Scoring.Of(Ledger(marks).Sheets(ScoreSubject.Department, 3).Single().Sheet, ScoreRubric.Default, March);
}
