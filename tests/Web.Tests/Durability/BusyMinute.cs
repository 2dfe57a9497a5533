using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Durability;

/// <summary>A busy minute of the hall alone: visitors who come and go, and eight clerks who do everything a clerk can do with a ticket.</summary>
internal sealed class BusyMinute(ApiClient visitor, IReadOnlyList<Desk> desks, Ledger ledger)
{
    private const int Visitors = 4;

    private static readonly string[] Services = ["civil", "social", "market", "tax", "permits", "enquiry"];

    // Every course that a ticket can take from its call on, in turn at each counter.
    private static readonly (string Action, object? Body)[][] Courses =
    [
        [("start", null), Finish],
        [("recall", null), ("no-show", null)],
        [("transfer", new { service = "enquiry" })],
        [Finish],
        [("redirect", new { service = "civil" })],
        [("hold", null)],
    ];

    private int sent;

    private static (string, object?) Finish => ("finish", new { outcome = "completed" });

    /// <summary>Keeps sending until the server is gone.</summary>
    public async Task RunAsync(int killAfter, Func<Task> kill)
    {
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Visitors).Select(i => UntilStopped(() => VisitAsync(i), stop.Token))
            .Concat(desks.Select((desk, i) => ServeAsync(desk, i, stop.Token))).ToArray();
        await Until.Holds($"{killAfter} commands sent", () => Task.FromResult(sent), count => count >= killAfter);
        await kill();
        await stop.CancelAsync();
        await Task.WhenAll(callers);
    }

    private static async Task UntilStopped(Func<Task> act, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) await act();
    }

    private async Task VisitAsync(int first)
    {
        for (var i = 0; i < 5; i++)
        {
            var ticket = await TellAsync(visitor, $"/api/halls/{TownFixture.Hall}/tickets", new { service = Services[(first + i) % Services.Length] });
            if (i == 4 && ticket is { Status: 201 }) await TellAsync(visitor, $"/api/tickets/{ticket.Text("id")}/cancel", null);
        }
    }

    private Task ServeAsync(Desk desk, int first, CancellationToken stop)
    {
        var next = first;
        return UntilStopped(async () =>
        {
            if (await DoAsync(desk, "call-next", null) is not { Status: 200 }) return;
            foreach (var (action, body) in Courses[next++ % Courses.Length])
            {
                var answer = await DoAsync(desk, action, body);
                if (action != "hold" || answer is not { Status: 200 }) continue;
                await DoAsync(desk, "resume", new { ticket = answer.Text("id") });
                await DoAsync(desk, "finish", new { outcome = "completed" });
            }
        }, stop);
    }

    private Task<Answer?> DoAsync(Desk desk, string action, object? body) =>
        TellAsync(desk.Clerk, $"/api/halls/{TownFixture.Hall}/counters/{desk.Counter}/{action}", body);

    private Task<Answer?> TellAsync(ApiClient caller, string path, object? body)
    {
        Interlocked.Increment(ref sent);
        return ledger.SendAsync(caller, path, body);
    }
}
