using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

public sealed class PerformanceTests(TownFixture town) : IClassFixture<TownFixture>
{
    private const string Statistics = "/api/supervision/statistics";

    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(8).DateTime);

    private static string ThisYear => $"from={Today.Year}-01-01&to={Today.Year}-12-31";

    [Fact]
    public async Task ADecidedCaseStandsInStatisticsScoresAndCsv()
    {
        var number = (await town.ApplyAsync("marriage-record")).Text("acceptanceNumber");
        var head = await town.StaffAsync("head.civil");
        (await head.PostAsync($"/api/applications/{number}/accept")).Expect(200);
        (await head.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).Expect(200);
        var officer = await town.StaffAsync("officer");

        var answer = (await officer.GetAsync($"{Statistics}?{ThisYear}&by=department,month")).Expect(200);
        var csv = (await officer.GetAsync($"{Statistics}?{ThisYear}&by=department,month", ("Accept", "text/csv"))).Expect(200);
        var scores = (await officer.GetAsync($"/api/supervision/scores?period={Today:yyyy-MM}")).Expect(200);

        var line = Assert.Single(answer.Items);
        Assert.Equal(["civil", $"{Today:yyyy-MM}"], line["group"]!.AsArray().Select(word => word!.GetValue<string>()));
        Assert.Equal((1, 1), (line["figures"]!["completed"]!.GetValue<int>(), answer.Json["total"]!["onTime"]!.GetValue<int>()));
        Assert.Equal("text/csv", csv.MediaType);
        // The client has taken the byte order mark for what it is.
        Assert.StartsWith("department,month,accepted,", csv.Body, StringComparison.Ordinal);
        Assert.Contains($"\r\ncivil,{Today:yyyy-MM},1,1,1,", csv.Body, StringComparison.Ordinal);
        var scored = Assert.Single(scores.Items);
        Assert.Equal((1, "civil"), (scored["rank"]!.GetValue<int>(), scored["code"]!.GetValue<string>()));
        Assert.Equal(9, scored["months"]![0]!["parts"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("/api/supervision/scores")]
    [InlineData("/api/supervision/scores?period=2026-13")]
    [InlineData("/api/supervision/scores?period=2026&of=mayor")]
    [InlineData(Statistics)]
    [InlineData(Statistics + "?from=2026-03-02&to=2026-03-01")]
    [InlineData(Statistics + "?from=2026-01-01&to=2027-06-01")]
    [InlineData(Statistics + "?from=2026-02-30&to=2026-03-01")]
    [InlineData(Statistics + "?from=2026-01-01&to=2026-03-01&by=colour")]
    public async Task ABadQuestionIsRefused(string path)
    {
        var answer = (await (await town.StaffAsync("officer")).GetAsync(path, ("Accept", "text/csv"))).ExpectProblem(400, "validation");
        Assert.NotEmpty(answer.Faults);
    }

    [Fact]
    public async Task FiguresAreForOfficersAndHeads()
    {
        var path = $"{Statistics}?{ThisYear}";
        (await town.Public.GetAsync(path)).ExpectProblem(401, "not-signed-in");
        (await (await town.StaffAsync("clerk1")).GetAsync(path)).ExpectProblem(403, "not-allowed");
        (await (await town.StaffAsync("clerk1")).GetAsync("/api/supervision/scores?period=2026")).ExpectProblem(403, "not-allowed");
    }
}
