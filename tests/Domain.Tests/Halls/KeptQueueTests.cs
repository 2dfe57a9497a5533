using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Tests.Halls;

public class KeptQueueTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();

    [Fact]
    public void AQueueThatWasKeptIsTheSameQueueWhateverHappenedToIt() => Prop.ForAll(Seeds, seed =>
    {
        var queue = AfterRandomEvents(new SeededRandom((ulong)seed));

        var again = QueueState.Of(queue.Policy, queue.Keep());

        AssertSame(queue, again);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AQueueThatWasKeptIsOrderedByThePolicyInForceWhenItIsReadAgain()
    {
        var before = new CallPolicy(TimeSpan.Zero, TimeSpan.Zero);
        var queue = Tickets.Queue(before, Tickets.Taken("A001", "2026-03-02 10:00"), Tickets.Taken("A002", "2026-03-02 10:05", Segment.Green));

        var again = QueueState.Of(CallPolicy.Default, queue.Keep());

        Assert.Equal(0, again.AheadOf(queue.Waiting["id-A002"]));
        Assert.Equal(1, queue.AheadOf(queue.Waiting["id-A002"]));
    }

    private static QueueState AfterRandomEvents(SeededRandom random)
    {
        var queue = QueueState.Empty(CallPolicy.Default);
        var at = Times.At("2026-03-02 09:00");
        for (var i = 0; i < 100; i++)
        {
            at += TimeSpan.FromSeconds(random.NextInt(90));
            queue = queue.Evolve(NextEvent(random, queue, at, i));
        }

        return queue;
    }

    private static QueueEvent NextEvent(SeededRandom random, QueueState queue, DateTimeOffset at, int step)
    {
        var number = (queue.Issued + 1).ToString("'A'000", CultureInfo.InvariantCulture);
        var ticket = Tickets.Taken(number, "2026-03-02 09:00", (Segment)random.NextInt(3)) with
        {
            TakenAt = at,
            Pool = random.NextInt(5) == 0 ? "desk" : null,
            Estimated = new WaitEstimate(random.NextInt(600), 600),
        };
        var ids = queue.Waiting.Keys.Order(StringComparer.Ordinal).ToArray();
        var waiting = ids.Length == 0 ? "nobody" : ids[random.NextInt(ids.Length)];
        return random.NextInt(12) switch
        {
            < 6 => new TicketIssued(at, "public", ticket),
            6 => new TicketTransferredIn(at, "clerk1", ticket with { Id = $"other-{step}", TakenAt = at.AddMinutes(-20) }),
            < 10 => new TicketCalled(at, "clerk1", waiting, "c1", new CallReason(CallRule.LongestWait, 0, new("", ""))),
            10 => new TicketCancelled(at, "public", waiting),
            _ => queue.IsClosed ? new QueueOpened(at, "admin") : new QueueClosed(at, "system", [waiting]),
        };
    }

    private static void AssertSame(QueueState queue, QueueState again)
    {
        Assert.Equal((queue.Issued, queue.IsClosed, queue.OldestTakenAt), (again.Issued, again.IsClosed, again.OldestTakenAt));
        Assert.Equal(queue.Waiting.OrderBy(x => x.Key, StringComparer.Ordinal), again.Waiting.OrderBy(x => x.Key, StringComparer.Ordinal));
        Assert.All(queue.Lanes.Zip(again.Lanes), lanes => Assert.Equal(lanes.First, lanes.Second));
    }
}
