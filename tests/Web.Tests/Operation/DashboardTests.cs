using System.Text.Json.Nodes;
using OneStop.Silo.Hosting;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Operation;

/// <summary>Dashboards and alerts speak of what the program really tells.</summary>
[Collection(nameof(SharedTown))]
public sealed class DashboardTests(MortalTown town)
{
    // Prometheus makes these itself.
    private static readonly HashSet<string> OfPrometheus = ["up"];

    [Theory]
    [InlineData("sum by (le) (rate(a_bucket{x=\"b_total\"}[5m])) / on(c) d_sum > 0.5", "a_bucket d_sum")]
    [InlineData("(count(up{job=\"onestop\"} == 1) or vector(0)) == 0", "up")]
    [InlineData("time() - max(e_seconds) > 26 * 3600", "e_seconds")]
    public void TheMetricsOfAnExpressionAreFound(string expression, string metrics) =>
        Assert.Equal(metrics.Split(' '), Expressions.Metrics(expression));

    [Fact]
    public async Task EveryMetricOfDashboardsAndRulesIsExported()
    {
        // Some appear with the first request or ticket only.
        await town.TakeTicketAsync("civil");
        var exported = await Until.Holds(
            "a scrape that tells of a request", async () => new Exported((await town.Public.GetAsync("/metrics")).Expect(200).Body),
            e => e.Names.Contains("http_server_request_duration_seconds_count"));

        var named = Expressions.All().SelectMany(e => Expressions.Metrics(e.Expression).Select(metric => (e.Where, metric)))
            // Those of Orleans are there, and held against it, in its build.
            .Where(e => GrainHosting.Runtime == "Orleans" || !e.metric.StartsWith("orleans_", StringComparison.Ordinal)).ToArray();

        Assert.Empty(named.Where(e => !OfPrometheus.Contains(e.metric) && !exported.Names.Contains(e.metric)).Select(e => $"{e.Where}: {e.metric}"));
        Assert.True(named.Select(e => e.metric).Distinct().Count() >= 30, "Hardly anything was found to compare.");
        Assert.DoesNotContain("onestop_no_such_metric", exported.Names);
    }

    [Fact]
    public void EveryAlertTellsWhatHappenedAndWhatToDo()
    {
        var rules = Expressions.All().Count(e => e.Where.StartsWith("onestop.yml", StringComparison.Ordinal));
        var text = File.ReadAllText(Path.Combine(Tool.Sources, "Dashboards", "rules", "onestop.yml"));
        Assert.True(rules >= 12);
        foreach (var annotation in new[] { " summary: ", " description: ", " runbook: ", " severity: " })
            Assert.Equal(rules, text.Split(annotation).Length - 1);
    }

    [Fact]
    public void EveryDashboardUsesTheProvisionedSourceAndHasPlacesOfItsOwn()
    {
        var source = File.ReadAllText(Path.Combine(Tool.Sources, "Dashboards", "grafana", "provisioning", "datasources", "prometheus.yml"));
        var files = Directory.GetFiles(Path.Combine(Tool.Sources, "Dashboards", "grafana", "dashboards"), "*.json");
        Assert.Equal(3, files.Length);
        foreach (var panel in files.SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray()))
        {
            Assert.Contains("uid: " + panel!["datasource"]!["uid"]!.GetValue<string>(), source, StringComparison.Ordinal);
            Assert.NotEmpty(panel["targets"]!.AsArray());
            Assert.InRange(panel["gridPos"]!["x"]!.GetValue<int>() + panel["gridPos"]!["w"]!.GetValue<int>(), 1, 24);
        }
    }

    [Theory]
    [InlineData("check", "rules", "Dashboards/rules/onestop.yml")]
    [InlineData("check", "config", "Dashboards/prometheus.yml")]
    [InlineData("test", "rules", "Dashboards/tests/alerts.yml")]
    [InlineData("test", "rules", "Dashboards/tests/alerts-slow.yml")]
    public async Task PromtoolAcceptsRulesConfigurationAndTheirTests(params string[] arguments)
    {
        var (exitCode, said) = await Tool.RunAsync(Tool.Find("promtool", "prometheus"), arguments);
        Assert.True(exitCode == 0, said);
    }
}
