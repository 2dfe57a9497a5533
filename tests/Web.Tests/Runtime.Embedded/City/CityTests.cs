using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using OneStop.Silo.City;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.City;

/// <summary>The generated city as a user runs it: 44 departments, 467 items, 3,000 steps (RULES 5).</summary>
public sealed class CityTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onestop-city-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ItsCatalogueHasThePublishedSizeAndNoFaults()
    {
        var catalogue = Path.Combine(folder, "catalogue");

        var written = await HostedServer.RunAsync("city", "catalogue", catalogue, "--seed", "7");
        var (exitCode, said) = await HostedServer.RunAsync("catalogue", "check", catalogue);

        Assert.True(written.ExitCode == 0, written.Output);
        Assert.True(exitCode == 0, said);
        Assert.StartsWith("467 items, ", said, StringComparison.Ordinal);
        var town = CityCatalogue.Of(7);
        Assert.Equal((44, 467, 3_000), (town.Departments.Length, town.Items.Length, town.Items.Sum(item => item.Steps.Length)));
        Assert.Equal(Enum.GetValues<Domain.Catalogue.ItemKind>(), town.Items.Select(item => item.Kind).Distinct().Order());
        Assert.Contains(town.Processes, process => process.Bpmn.Contains("parallelGateway", StringComparison.Ordinal));
        Assert.Contains(town.Processes, process => process.Bpmn.Contains("= 'returned'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AYearEndsEveryCaseAndItsReportIsWhatTheRecordSays()
    {
        var (data, file) = (Path.Combine(folder, "data"), Path.Combine(folder, "report.json"));

        var (exitCode, said) = await HostedServer.RunAsync("city", "--thin", "5000", "--data", data, "--report", file);
        var again = await HostedServer.RunAsync("city", "--thin", "5000", "--report", file + ".again");

        Assert.True(exitCode == 0, said);
        Assert.True(again.ExitCode == 0, again.Output);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        Assert.Equal((304, 0), ((long)report["cases"]!, (long)report["open"]!));
        Assert.Equal(Counts(data, "SELECT level, count(DISTINCT id) FROM cards GROUP BY 1"), Told(report, "cards"));
        Assert.Equal(Counts(data, "SELECT light, count(*) FROM applications WHERE NOT open GROUP BY 1"), Told(report, "lights"));
        Assert.Equal(Counts(data, "SELECT result, count(*) FROM publicity WHERE kind = 'decision' GROUP BY 1"), Told(report, "ends").Where(end => end.What is "granted" or "denied"));
        Assert.Equal(0, (await HostedServer.RunAsync("verify", "--data", data)).ExitCode);
        Assert.Equal(
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), await File.ReadAllTextAsync(file + ".again", TestContext.Current.CancellationToken));
        await using var server = await HostedServer.StartAsync(data, ServerProcess.FreePort());
        using var visitor = new ApiClient(server.Address);
        Assert.Equal(467, (await visitor.GetAsync("/api/items")).Expect(200).Items.Length);
    }

    [Fact]
    public void ACountThatDiffersIsSaid()
    {
        var (told, counted) = (new CityReport(2, 0), new CityReport(2, 0));
        told.Cards["red"] = 1;
        counted.Cards["yellow"] = 1;

        Assert.Empty(CityRecount.Differences(told, told));
        Assert.Equal(["cards red: 1, in the record 0", "cards yellow: 0, in the record 1"], CityRecount.Differences(told, counted));
    }

    [Theory]
    [InlineData("--thin", "0")]
    [InlineData("--year", "2026")]
    public async Task WhatCannotBeRunIsRefused(string option, string value) =>
        Assert.Equal(2, (await HostedServer.RunAsync("city", option, value)).ExitCode);

    private static IEnumerable<(string What, long Count)> Told(JsonNode report, string table) =>
        report[table]!.AsObject().Select(entry => (entry.Key, (long)entry.Value!));

    private static List<(string What, long Count)> Counts(string data, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "onestop.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written above.
        command.CommandText = sql + " ORDER BY 1";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var counts = new List<(string, long)>();
        while (reader.Read()) counts.Add((reader.GetString(0), reader.GetInt64(1)));
        return counts;
    }
}
