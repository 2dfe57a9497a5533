using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Operation;

/// <summary>A real Prometheus reads a running server.</summary>
[Collection(nameof(SharedTown))]
public sealed class PrometheusTests(MortalTown town)
{
    [Fact]
    public async Task ItScrapesTheServerAndTakesEveryExpressionOfDashboardsAndRules()
    {
        var program = Tool.Find("prometheus", "prometheus");
        var folder = Directory.CreateTempSubdirectory("onestop-prometheus-").FullName;
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ServerProcess.FreePort()}");
        var config = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(config, $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: ['{{Tool.Sources}}/Dashboards/rules/*.yml']
            scrape_configs:
              - job_name: onestop
                static_configs: [{ targets: ['{{town.Address.Authority}}'] }]
            """, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(program, [$"--config.file={config}", $"--storage.tsdb.path={folder}/data", $"--web.listen-address={address}", "--log.level=error"]);
        using var process = Process.Start(start)!;
        try
        {
            using var prometheus = new HttpClient { BaseAddress = new Uri($"http://{address}") };
            await town.TakeTicketAsync("civil");

            var up = await Until.Holds("a scrape of the server", () => QueryAsync(prometheus, "up{job=\"onestop\"} == 1"), answer => Results(answer).Length == 1);
            Assert.Equal("success", up!["status"]!.GetValue<string>());
            await Until.Holds("the waiting ticket in Prometheus", () => QueryAsync(prometheus, "sum(max by (hall) (onestop_hall_waiting))"),
                answer => Results(answer) is [var one] && double.Parse(one["value"]![1]!.GetValue<string>(), CultureInfo.InvariantCulture) >= 1);
            foreach (var (where, expression) in Expressions.All())
            {
                var answer = await QueryAsync(prometheus, Grafana(expression));
                Assert.True(answer?["status"]!.GetValue<string>() == "success", $"{where}: {answer}");
            }

            var rules = JsonNode.Parse(await prometheus.GetStringAsync("/api/v1/rules", TestContext.Current.CancellationToken))!;
            Assert.All(rules["data"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()), rule => Assert.NotEqual("err", rule!["health"]!.GetValue<string>()));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JsonNode[] Results(JsonNode? answer) => [.. answer?["data"]?["result"]?.AsArray().Select(result => result!) ?? []];

    // What Grafana puts in for its own variables.
    private static string Grafana(string expression) =>
        expression.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$__range", "1h", StringComparison.Ordinal);

    // Null while it is still starting.
    private static async Task<JsonNode?> QueryAsync(HttpClient prometheus, string expression)
    {
        try
        {
            using var answer = await prometheus.GetAsync("/api/v1/query?query=" + Uri.EscapeDataString(expression));
            return answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
