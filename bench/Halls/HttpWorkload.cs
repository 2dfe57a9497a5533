using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OneStop.Bench.Halls;

/// <summary>Clerks and visitors as their browsers send it: signed in, with idempotency keys, one connection each.</summary>
public sealed class HttpWorkload(HallServer server, Display display)
{
    private readonly ConcurrentDictionary<int, HttpClient> clerkClients = [];
    private readonly ConcurrentDictionary<int, HttpClient> visitorClients = [];
    private int taken;
    private int called;

    /// <summary>Runs it.</summary>
    public async Task<HallLog> RunAsync(TimeSpan duration, int clerks, int visitors, int rate)
    {
        await PrepareAsync(clerks, visitors);
        var log = new HallLog();
        var clicks = new ConcurrentBag<(string Number, long At)>();
        using var stop = new CancellationTokenSource(duration);
        var pace = new Pace(rate);
        await Task.WhenAll([
            .. Enumerable.Range(0, clerks).Select(i => Task.Run(() => UntilStopped(() => ServeAsync(i, pace, log, clicks, stop.Token)))),
            .. Enumerable.Range(0, visitors).Select(i => Task.Run(() => UntilStopped(() => VisitAsync(i, rate, visitors, log, stop.Token))))]);
        log.End();
        await SettleAsync(log, clicks);
        return log;
    }

    /// <summary>Mean milliseconds of one simulation of the waits, by the server's own metrics.</summary>
    public async Task<double?> SimulationAsync()
    {
        var metrics = (await visitorClients[0].GetStringAsync("/metrics")).Split('\n');
        double Value(string name) => metrics.Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        var count = Value("onestop_hall_simulation_seconds_count");
        return count == 0 ? null : 1_000 * Value("onestop_hall_simulation_seconds_sum") / count;
    }

    private static async Task UntilStopped(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The window is over.
        }
    }

    private async Task PrepareAsync(int clerks, int visitors)
    {
        if (!clerkClients.IsEmpty) return;
        for (var i = 0; i < visitors; i++) visitorClients[i] = await server.ClientAsync(null);
        for (var i = 0; i < clerks; i++)
        {
            clerkClients[i] = await server.ClientAsync("clerk" + (i + 1));
            (await PostAsync(clerkClients[i], Counter(i, "open"), new { })).EnsureSuccessStatusCode();
        }

        for (var i = 0; i < clerks * 2; i++) await TakeAsync(visitorClients[i % visitors], i);
    }

    private async Task ServeAsync(int clerk, Pace pace, HallLog log, ConcurrentBag<(string, long)> clicks, CancellationToken stop)
    {
        var client = clerkClients[clerk];
        while (true)
        {
            var started = await pace.NextAsync(stop);
            var click = Stopwatch.GetTimestamp();
            using var answer = await PostAsync(client, Counter(clerk, "call-next"), new { });
            var took = pace.Since(started);
            if (answer.StatusCode == HttpStatusCode.NoContent)
            {
                log.Called(null, took);
                continue;
            }

            if (!answer.IsSuccessStatusCode)
            {
                log.Refuse();
                continue;
            }

            var ticket = (await answer.Content.ReadFromJsonAsync<JsonObject>(CancellationToken.None))!["ticket"]!;
            Interlocked.Increment(ref called);
            log.Called(ticket["id"]!.GetValue<string>(), took);
            clicks.Add((ticket["number"]!.GetValue<string>(), click));
            await FinishAsync(clerk, pace, log, stop);
        }
    }

    private async Task FinishAsync(int clerk, Pace pace, HallLog log, CancellationToken stop)
    {
        try
        {
            await pace.NextAsync(stop);
        }
        finally
        {
            // Also at the end of the window, so that the next one finds every counter free.
            using var finished = await PostAsync(clerkClients[clerk], Counter(clerk, "finish"), new { outcome = "done" });
            if (finished.IsSuccessStatusCode) log.Command();
            else log.Refuse();
        }
    }

    // Half of the clerks' commands are calls: as many tickets are taken. Each visitor looks at the ticket once.
    private async Task VisitAsync(int visitor, int rate, int visitors, HallLog log, CancellationToken stop)
    {
        var client = visitorClients[visitor];
        var pause = TimeSpan.FromSeconds(visitors / (rate / 2.0));
        await Task.Delay(pause * visitor / visitors, stop);
        while (true)
        {
            var id = await TakeAsync(client, visitor);
            log.Request();
            await Task.Delay(pause / 2, stop);
            using var seen = await client.GetAsync("/api/tickets/" + id, CancellationToken.None);
            if (seen.IsSuccessStatusCode) log.Request();
            else log.Refuse();
            await Task.Delay(pause / 2, stop);
        }
    }

    private async Task SettleAsync(HallLog log, ConcurrentBag<(string Number, long At)> clicks)
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        foreach (var (number, at) in clicks)
        {
            if (display.SeenAt(number) is { } seen) log.Shown(Stopwatch.GetElapsedTime(at, seen));
            else log.Miss();
        }

        var board = await visitorClients[0].GetFromJsonAsync<JsonObject>("/api/halls/shilong/board");
        var waiting = board!["waiting"]!.AsArray().Sum(w => w!["count"]!.GetValue<int>());
        for (var lost = taken - called - waiting; lost > 0; lost--) log.Lose();
    }

    private async Task<string> TakeAsync(HttpClient client, int visitor)
    {
        using var answer = await PostAsync(client, "/api/halls/shilong/tickets", new { service = server.Services[visitor % server.Services.Length] });
        answer.EnsureSuccessStatusCode();
        Interlocked.Increment(ref taken);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>();
    }

    private static string Counter(int clerk, string action) => $"/api/halls/shilong/counters/c{clerk + 1}/{action}";

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        return client.SendAsync(request, CancellationToken.None);
    }
}
