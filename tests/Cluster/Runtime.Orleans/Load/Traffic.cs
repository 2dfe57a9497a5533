using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OneStop.Cluster.Tests;

/// <summary>Visitors, clerks and handlers of three halls, at so many commands a second; remembers how each command ended.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private const int TicksASecond = 50;
    private const int Visitors = 12;
    private const int Handlers = 12;

    private readonly HttpClient http = Caller.MakeHttp();
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim pace = new(0);
    private readonly ConcurrentQueue<Outcome> outcomes = new();
    private readonly ImmutableArray<Uri> addresses;
    private readonly int rate;
    private Task work = Task.CompletedTask;

    private Traffic(ImmutableArray<Uri> addresses, int rate) => (this.addresses, this.rate) = (addresses, rate);

    /// <summary>How each command ended so far.</summary>
    public IReadOnlyCollection<Outcome> Outcomes => outcomes;

    /// <summary>Signs everybody in, opens every counter and starts.</summary>
    public static async Task<Traffic> StartAsync(ImmutableArray<Uri> addresses, int rate)
    {
        var traffic = new Traffic(addresses, rate);
        var clerks = await Task.WhenAll(Enumerable.Range(1, ClusterTown.Clerks).Select(traffic.OpenAsync));
        var head = await traffic.SignedInAsync("head.market");
        traffic.work = Task.WhenAll([
            traffic.PaceAsync(),
            .. clerks.Select(clerk => traffic.ServeAsync(clerk.Caller, clerk.Counter)),
            .. Enumerable.Range(0, Visitors).Select(traffic.VisitAsync),
            .. Enumerable.Range(0, Handlers).Select(number => traffic.HandleAsync(head, number)),
        ]);
        return traffic;
    }

    /// <summary>Sends no more, and waits for the answers to what was sent.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await work;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        http.Dispose();
        stop.Dispose();
        pace.Dispose();
    }

    private async Task<Caller> SignedInAsync(string user)
    {
        var caller = new Caller(addresses, http);
        await caller.SignInAsync(user);
        return caller;
    }

    private async Task<(Caller Caller, string Counter)> OpenAsync(int number)
    {
        var caller = await SignedInAsync("clerk" + number);
        var hall = ClusterTown.Halls[(number - 1) / ClusterTown.CountersAHall];
        var counter = $"/api/halls/{hall}/counters/c{((number - 1) % ClusterTown.CountersAHall) + 1}";
        var opened = await caller.SendAsync("open", counter + "/open", null);
        return opened.IsAcknowledged ? (caller, counter) : throw new InvalidOperationException($"{counter}: {opened.Status} {opened.Body}");
    }

    private async Task PaceAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / TicksASecond));
        var owed = 0.0;
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                owed += (double)rate / TicksASecond;
                var due = (int)owed;
                owed -= due;
                // What a pause held up is not sent all at once afterwards.
                if (due > 0 && pace.CurrentCount < rate) pace.Release(due);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private Task VisitAsync(int number)
    {
        var (visitor, next) = (new Caller(addresses, http), number);
        return RepeatAsync(async () =>
        {
            var (hall, service) = (ClusterTown.Halls[next % ClusterTown.Halls.Length], ClusterTown.Services[next / 3 % ClusterTown.Services.Length]);
            next++;
            await TellAsync(visitor, "take", $"/api/halls/{hall}/tickets", new { service });
        });
    }

    private Task ServeAsync(Caller clerk, string counter) => RepeatAsync(async () =>
    {
        var called = await TellAsync(clerk, "call", counter + "/call-next", null);
        if (called.Status == 200 || called.Body.Contains("counter-busy", StringComparison.Ordinal))
            await TellAsync(clerk, "finish", counter + "/finish", new { outcome = "completed" });
    });

    private Task HandleAsync(Caller head, int number)
    {
        var (portal, next) = (new Caller(addresses, http), number);
        return RepeatAsync(async () =>
        {
            var brief = next++ % 2 == 0;
            var applied = await TellAsync(portal, "apply", "/api/applications", new
            {
                item = brief ? ClusterTown.BriefItem : "shop-licence",
                applicant = new { name = "李雷", idNumber = $"4419001990{next % 10000:0000}001X", phone = "13800000000" },
                form = new { },
                materials = Array.Empty<string>(),
                channel = "desk",
            });
            if (!applied.IsAcknowledged) return;
            var application = applied.Json["acceptanceNumber"]!.GetValue<string>();
            await TellAsync(head, "accept", $"/api/applications/{application}/accept", null);
            if (!brief) await TellAsync(head, "complete", $"/api/tasks/{application}.review/complete", new { outcome = "approved", opinion = "同意" });
        });
    }

    private async Task RepeatAsync(Func<Task> act)
    {
        try
        {
            while (!stop.IsCancellationRequested) await act();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task<Outcome> TellAsync(Caller caller, string kind, string path, object? body)
    {
        await pace.WaitAsync(stop.Token);
        var outcome = await caller.SendAsync(kind, path, body);
        outcomes.Enqueue(outcome);
        return outcome;
    }
}
