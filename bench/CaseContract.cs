using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Journal;
using Orleans;

namespace OneStop.Bench;

/// <summary>
/// The course of a shop licence, six commands a case, each with its id: through application grains, and the very same
/// appends again without them.
/// </summary>
public static class CaseContract
{
    private const int CommandsOfACase = 6;

    private static readonly Actor Clerk = new("clerk1", null, [Role.Clerk]);
    private static readonly Actor Head = new("head.market", "market", [Role.Head, Role.Handler]);
    private static readonly string BodyHash = Convert.ToBase64String(SHA256.HashData("body"u8));

    /// <summary>Durable commands a second through application grains.</summary>
    public static Task<double> ThroughGrainsAsync(IGrainFactory grains, int callers, TimeSpan duration) =>
        Rate.MeasureAsync(callers, duration, async (caller, done, stop) =>
        {
            var run = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var number = string.Create(CultureInfo.InvariantCulture, $"A{run}{caller:D4}{n:D8}");
                var application = grains.GetGrain<IApplicationGrain>(number);
                await application.Receive(Info(number, 0), Actor.Public, new Intake(
                    "shop-licence", "Bench", "ID-" + number, null, "{}", [], Channel.Desk, "00000000"));
                done();
                ApplicationCommand[] course =
                [
                    new AcceptApplication(),
                    new CompleteStep("review", StepOutcome.Approved, null),
                    new CompleteStep("approve", StepOutcome.Approved, null),
                    new DecideApplication(ApplicationOutcome.Granted, null),
                    new DeliverApplication(),
                ];
                for (var i = 0; i < course.Length && !stop.IsCancellationRequested; i++)
                {
                    await application.Execute(Info(number, i + 1), course[i] is AcceptApplication ? Clerk : Head, course[i], []);
                    done();
                }
            }
        });

    /// <summary>The same appends a second without grains, each case's one after the other.</summary>
    /// <param name="journal">An empty journal with the same tables.</param>
    /// <param name="captured">What the grains appended.</param>
    /// <param name="writers">How many append at the same time.</param>
    /// <param name="duration">How long at most; it ends earlier when all is appended.</param>
    public static Task<double> WithoutGrainsAsync(
        IJournal journal, IReadOnlyCollection<AppendRequest> captured, int writers, TimeSpan duration)
    {
        var shares = captured
            .Where(request => request.Streams is [{ Stream: var stream }] && stream.StartsWith("application/", StringComparison.Ordinal))
            .GroupBy(request => request.Streams[0].Stream)
            .Select((chain, i) => (chain, i))
            .GroupBy(x => x.i % writers)
            .Select(share => share.SelectMany(x => x.chain).ToArray())
            .ToArray();
        return Rate.MeasureAsync(shares.Length, duration, async (writer, done, stop) =>
        {
            foreach (var request in shares[writer])
            {
                if (stop.IsCancellationRequested) return;
                var result = await journal.AppendAsync(request, CancellationToken.None);
                if (result.Outcome is not AppendOutcome.Committed) throw new InvalidOperationException($"{result.Outcome}: {result.Cause}");
                done();
            }
        });
    }

    /// <summary>What each command of one case appended as events, in order.</summary>
    /// <param name="captured">What the grains appended.</param>
    public static IReadOnlyList<string> PayloadsOfACase(IReadOnlyCollection<AppendRequest> captured) => captured
        .Where(request => request.Streams is [{ Stream: var stream }] && stream.StartsWith("application/", StringComparison.Ordinal))
        .GroupBy(request => request.Streams[0].Stream)
        .Select(course => course.Select(request => string.Concat(request.Streams[0].Events.Select(e => Encoding.UTF8.GetString(e.Data.AsSpan())))).ToArray())
        .First(course => course.Length == CommandsOfACase);

    private static CommandInfo Info(string number, int n) =>
        new("bench", string.Create(CultureInfo.InvariantCulture, $"{number}-{n}"), BodyHash, MayRepeat: true, "bench");
}
