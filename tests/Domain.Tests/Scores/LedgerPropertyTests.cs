using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls.Ratings;
using OneStop.Domain.Supervision;
using OneStop.Domain.Supervision.Scores;
using OneStop.Domain.Supervision.Statistics;

namespace OneStop.Domain.Tests.Scores;

/// <summary>S8: incremental equals recounted, whatever comes late, twice or never.</summary>
public class LedgerPropertyTests
{
    private const int Year = 2026;
    private static readonly TownDefinition Town = new(new RegionDefinition("440100", new("市", "City")), [], [], []);

    private static readonly Gen<Mark> Marks =
        from day in Gen.Choose(-40, 400)
        from department in Gen.Elements("market", "civil", "")
        from step in Gen.Elements(null, "review")
        from person in Gen.Elements(null, "li", "wang")
        from kind in Gen.Choose(0, 4)
        from figure in Gen.Choose(0, 100)
        select Made(new DateOnly(Year, 1, 1).AddDays(day), department, step, person, kind, figure);

    private static readonly Gen<Told> Tells =
        from source in Gen.Choose(0, 5)
        from marks in Marks.ListOf()
        from weight in Gen.Choose(0, int.MaxValue)
        from fate in Gen.Elements(Fate.Comes, Fate.Comes, Fate.Twice, Fate.Lost)
        select new Told("application/" + source, 0, [.. marks], weight, fate);

    private static readonly Arbitrary<List<Told>> Histories = Tells.ListOf().Select(tells => tells.Select((told, i) => told with { Seq = i + 1 }).ToList()).ToArbitrary();

    [Fact]
    public void WhateverCameInWhateverOrderTheRecordsRowsMakeItTheRecount() => Prop.ForAll(Histories, history =>
    {
        var rows = history.GroupBy(told => told.Source).Select(told => told.MaxBy(t => t.Seq)!).ToList();
        var kept = new PerformanceLedger(Year);
        foreach (var told in history.Where(t => t.Fate != Fate.Lost).Concat(history.Where(t => t.Fate == Fate.Twice)).OrderBy(t => t.Weight))
            kept.Apply(told.Source, told.Seq, told.Marks);
        foreach (var row in rows)
            kept.Apply(row.Source, row.Seq, row.Marks);
        var counted = new PerformanceLedger(Year);
        foreach (var row in rows)
            counted.Apply(row.Source, row.Seq, row.Marks);
        return Shown(kept) == Shown(counted);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void TheLinesOfAnyGroupingAddUpToTheSameTotal() => Prop.ForAll(Histories, history =>
    {
        var ledger = new PerformanceLedger(Year);
        foreach (var told in history) ledger.Apply(told.Source, told.Seq, told.Marks);
        var totals = new[] { "department", "item", "day", "month", "year", "level", "department,month" }
            .Select(by => Lines(ledger, by).Aggregate(Tally.None, (sum, line) => sum.Plus(line.Figures)));
        return totals.Distinct().Count() == 1;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void MarksComeBackFromTheirStoredFormAsTheyWere() => Prop.ForAll(Marks.ListOf().ToArbitrary(), marks =>
    {
        ImmutableArray<Mark> stored = [.. marks];
        var read = JsonSerializer.Deserialize<ImmutableArray<Mark>>(JsonSerializer.Serialize(stored, JsonSerializerOptions.Web), JsonSerializerOptions.Web);
        return read.SequenceEqual(stored);
    }).Check(Config.QuickThrowOnFailure);

    private static ImmutableArray<StatisticsLine> Lines(PerformanceLedger ledger, string by) =>
        StatisticsTable.Of(ledger, StatisticsQuestion.Parse($"{Year}-01-01", $"{Year}-12-31", by), Town);

    private static string Shown(PerformanceLedger ledger) => JsonSerializer.Serialize(new
    {
        Cases = Lines(ledger, "department,item,day"),
        Posts = Lines(ledger, "post,day"),
        Scores = Enum.GetValues<ScoreSubject>().Select(of => Ranking.Of(ledger, of, new ScorePeriod(Year, null), [], ImmutableDictionary<string, decimal>.Empty)),
    });

    private static Mark Made(DateOnly day, string department, string? step, string? person, int kind, int figure) => kind switch
    {
        0 => new Accepted(day, department, "permit", step, person, figure),
        1 => new Completed(day, department, "permit", step, person, figure % 2 == 0, figure, figure * 7),
        2 => new CardScored(day, department, "permit", step, person, Enum.GetValues<CardLevel>()[figure % 3], Times.China.StartOf(day).AddMinutes(figure % 4)),
        3 => new FindingScored(day, department, "permit", step, person, Enum.GetValues<FindingKind>()[figure % 14], figure % 5),
        _ => new ServiceRated(day, department, "", step, person, Enum.GetValues<Grade>()[figure % 5], figure % 2 == 0),
    };

    private enum Fate
    {
        Comes,
        Twice,
        Lost,
    }

    private sealed record Told(string Source, long Seq, ImmutableArray<Mark> Marks, int Weight, Fate Fate);
}
