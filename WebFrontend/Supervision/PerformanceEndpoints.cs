using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using OneStop.Domain.Accounts;
using OneStop.Domain.Supervision.Scores;
using OneStop.Domain.Supervision.Statistics;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Supervision;

/// <summary>Scores and statistics (S8, S9) for officers and heads.</summary>
internal static class PerformanceEndpoints
{
    private const string Csv = "text/csv";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var supervision = routes.MapGroup("/api/supervision").WithTags("supervision");
        supervision.MapGet("/scores", ScoresAsync).Produces<ScoresResponse>()
            .Refuses(StatusCodes.Status400BadRequest);
        supervision.MapGet("/statistics", StatisticsAsync).Produces<StatisticsResponse>(StatusCodes.Status200OK, "application/json", Csv)
            .Refuses(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ScoresAsync(HttpContext context, IGrainFactory grains, string? period, string? of)
    {
        Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
        var (wanted, subject) = (ScorePeriod.Parse(period), Query.Word<ScoreSubject>("of", of) ?? ScoreSubject.Department);
        var lines = await GrainOf(grains, wanted.Year).Scores(subject, wanted);
        return Results.Json(new ScoresResponse(wanted.ToString(), wanted.Before.ToString(), subject, lines), ApiJson.Options);
    }

    private static async Task<IResult> StatisticsAsync(HttpContext context, IGrainFactory grains, string? from, string? to, string? by)
    {
        Staff.Of(context, Roles.Officer, Roles.Head, Roles.Admin);
        var question = StatisticsQuestion.Parse(from, to, by);
        var years = Enumerable.Range(question.From.Year, question.To.Year - question.From.Year + 1);
        var parts = await Task.WhenAll(years.Select(year => GrainOf(grains, year).Statistics(question)));
        var lines = StatisticsTable.Merged(parts.SelectMany(part => part));
        context.Response.Headers.Vary = HeaderNames.Accept;
        if (!WantsCsv(context.Request)) return Results.Json(StatisticsResponse.Of(question, lines), ApiJson.Options);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"statistics-{question.From:yyyy-MM-dd}-{question.To:yyyy-MM-dd}.csv\"";
        return Results.Text(StatisticsCsv.Of(question.By, lines), Csv + "; charset=utf-8");
    }

    // Who likes both alike gets JSON.
    private static bool WantsCsv(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Quality(Csv) is > 0 and var csv && csv > (Quality("application/json") ?? 0);

        double? Quality(string type) => accepted.Where(a => a.MediaType == type).Select(a => a.Quality ?? 1).Cast<double?>().Max();
    }

    private static IPerformanceGrain GrainOf(IGrainFactory grains, int year) => grains.GetGrain<IPerformanceGrain>(IPerformanceGrain.KeyOf(year));
}

/// <summary>The ranking of a period.</summary>
/// <param name="Period">The period.</param>
/// <param name="ComparedWith">The period before, with which it is compared.</param>
/// <param name="Of">Who is scored.</param>
/// <param name="Items">The best first.</param>
public sealed record ScoresResponse(string Period, string ComparedWith, ScoreSubject Of, ImmutableArray<ScoreLine> Items);

/// <summary>The statistics of a period.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="By">By what they are grouped.</param>
/// <param name="Items">A line for each group in which something counts.</param>
/// <param name="Total">All lines together.</param>
public sealed record StatisticsResponse(DateOnly From, DateOnly To, ImmutableArray<StatisticsBy> By, ImmutableArray<StatisticsLine> Items, Tally Total)
{
    internal static StatisticsResponse Of(StatisticsQuestion question, ImmutableArray<StatisticsLine> lines) =>
        new(question.From, question.To, question.By, lines, lines.Aggregate(Tally.None, (sum, line) => sum.Plus(line.Figures)));
}
