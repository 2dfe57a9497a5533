using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Durability;

/// <summary>A busy moment of the town: visitors, eight clerks and a department, more than two hundred commands a second.</summary>
internal sealed class Burst(ApiClient visitor, IReadOnlyList<ApiClient> clerks, ApiClient head, Ledger ledger)
{
    /// <summary>An item without steps, whose statutory limit is over after seconds.</summary>
    public const string BriefItem = "brief";

    private const int CommandsASecond = 250;
    private const int Visitors = 4;
    private const int Handlers = 3;

    private static readonly string[] Services = ["civil", "social", "market", "tax", "permits", "enquiry"];

    private int sent;

    public int Sent => sent;

    /// <summary>Keeps sending until the server is gone.</summary>
    /// <param name="isTime">Whether it is time to kill it.</param>
    /// <param name="kill">Kills it; those under way are cut off.</param>
    public async Task RunAsync(Func<bool> isTime, Func<Task> kill)
    {
        using var stop = new CancellationTokenSource();
        using var pace = new SemaphoreSlim(0);
        var pacing = PaceAsync(pace, stop.Token);
        var callers = Enumerable.Range(0, Visitors).Select(i => VisitAsync(i, pace, stop.Token))
            .Concat(clerks.Select((clerk, i) => ServeAsync(clerk, i + 1, pace, stop.Token)))
            .Concat(Enumerable.Range(0, Handlers).Select(i => HandleAsync(i, pace, stop.Token)))
            .ToArray();
        await Until.Holds("the time to kill the server", () => Task.FromResult(isTime()), isNow => isNow);
        await kill();
        await stop.CancelAsync();
        await Task.WhenAll([.. callers, pacing]);
    }

    private static async Task PaceAsync(SemaphoreSlim pace, CancellationToken stop)
    {
        const int TicksASecond = 50;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / TicksASecond));
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) pace.Release(CommandsASecond / TicksASecond);
        }
        catch (OperationCanceledException)
        {
            // The burst is over.
        }
    }

    private Task VisitAsync(int first, SemaphoreSlim pace, CancellationToken stop)
    {
        var next = first;
        return RepeatAsync(async () =>
        {
            await TellAsync(visitor, $"/api/halls/{TownFixture.Hall}/tickets", new { service = Services[next++ % Services.Length] }, pace, stop);
        }, stop);
    }

    private Task ServeAsync(ApiClient clerk, int number, SemaphoreSlim pace, CancellationToken stop)
    {
        var counter = $"/api/halls/{TownFixture.Hall}/counters/c{number}";
        return RepeatAsync(async () =>
        {
            await TellAsync(clerk, counter + "/call-next", null, pace, stop);
            await TellAsync(clerk, counter + "/finish", new { outcome = "completed" }, pace, stop);
        }, stop);
    }

    private Task HandleAsync(int first, SemaphoreSlim pace, CancellationToken stop)
    {
        var next = first;
        return RepeatAsync(async () =>
        {
            var brief = next++ % 2 == 0;
            var receipt = await TellAsync(visitor, "/api/applications", TownFixture.Application(brief ? BriefItem : "shop-licence"), pace, stop);
            if (receipt is not { Status: 201 }) return;
            var number = receipt.Text("acceptanceNumber");
            await TellAsync(head, $"/api/applications/{number}/accept", null, pace, stop);
            if (!brief) await TellAsync(head, $"/api/tasks/{number}.review/complete", new { outcome = "approved", opinion = "同意" }, pace, stop);
        }, stop);
    }

    private static async Task RepeatAsync(Func<Task> act, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested) await act();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The burst is over.
        }
    }

    private async Task<Answer?> TellAsync(ApiClient caller, string path, object? body, SemaphoreSlim pace, CancellationToken stop)
    {
        await pace.WaitAsync(stop);
        Interlocked.Increment(ref sent);
        return await ledger.SendAsync(caller, path, body);
    }
}
