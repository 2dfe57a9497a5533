using System.Text.Json;
using OneStop.Domain.Halls;

namespace OneStop.Domain.Tests.Halls;

public class CallPolicyTests
{
    private static readonly DateTimeOffset Now = Times.At("2026-03-02 10:00");

    private static readonly Ticket Old = Tickets.Taken("A001", "2026-03-02 09:40");
    private static readonly Ticket Green = Tickets.Taken("A002", "2026-03-02 09:50", Segment.Green);

    [Fact]
    public void AHeadStartOvertakesAndSaysSo()
    {
        var why = Call(CallPolicy.Default, default, Old, Green);
        Assert.Equal(("id-A002", CallRule.HeadStart), (why.TicketId, why.Why.Rule));
        Assert.Contains("A001", why.Why.Text.Zh, StringComparison.Ordinal);
        Assert.Contains("15 min", why.Why.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void ATicketThatHasWaitedTheMostGoesBeforeEverySegment()
    {
        var why = Call(CallPolicy.Default with { FirstAfter = TimeSpan.FromMinutes(20) }, default, Old, Green);
        Assert.Equal(("id-A001", CallRule.Overdue), (why.TicketId, why.Why.Rule));
    }

    [Fact]
    public void AfterSoManyCallsOfOneSegmentAnotherHasItsTurnOnce()
    {
        var policy = CallPolicy.Default with { Ratios = [new SegmentRatio(Segment.Green, 2, Segment.Ordinary)] };
        var turns = default(CallTurns).After(Segment.Green, false).After(Segment.Green, false);

        var turn = Call(policy, turns, Old, Green);
        Assert.Equal(("id-A001", CallRule.Ratio), (turn.TicketId, turn.Why.Rule));
        Assert.Contains("After 2 green channel calls", turn.Why.Text.En, StringComparison.Ordinal);
        Assert.Equal("id-A002", Call(policy, turns.After(Segment.Ordinary, true), Old, Green).TicketId);
        Assert.Equal("id-A002", Call(policy, default(CallTurns).After(Segment.Green, false), Old, Green).TicketId);
    }

    [Fact]
    public void ARatioNeverDecidesTwiceInARow()
    {
        var policy = CallPolicy.Default with
        {
            Ratios = [new SegmentRatio(Segment.Green, 1, Segment.Ordinary), new SegmentRatio(Segment.Ordinary, 1, Segment.Green)],
        };
        var appointment = Tickets.Taken("A003", "2026-03-02 09:30", Segment.Appointment);
        var turns = default(CallTurns).After(Segment.Green, false).After(Segment.Ordinary, byRatio: true);
        Assert.Equal("id-A003", Call(policy, turns, Old, Green, appointment).TicketId);
    }

    [Fact]
    public void ACounterHelpsOutOnceTheOthersHaveWaitedLongEnough()
    {
        var counter = Tickets.Hall.Counter("c1");
        var social = Tickets.Taken("B001", "2026-03-02 09:40", service: "social");
        QueueOffer[] offers =
        [
            .. CounterChoice.QueuesToAsk(counter, Tickets.Open())
                .Select(asked => asked.Service == "social" ? new QueueOffer(asked, [social], social) : new QueueOffer(asked, [Green], Green)),
        ];

        Assert.Equal("civil", CounterChoice.Choose(CallPolicy.Default, "c1", default, [.. offers], Now.AddSeconds(-1))!.Service);
        offers[0] = offers[0] with { Heads = [], Oldest = null };
        Assert.Null(CounterChoice.Choose(CallPolicy.Default, "c1", default, [.. offers], Now.AddSeconds(-1)));
        var call = CounterChoice.Choose(CallPolicy.Default, "c1", default, [.. offers], Now)!;
        var called = (TicketCalled)QueueRules.Call(Tickets.Queue(CallPolicy.Default, social), call, "clerk1", Now).OrThrow().Single();
        Assert.Equal(("social", CallRule.Support), (call.Service, called.Why.Rule));
        Assert.Contains("支援", called.Why.Text.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void AHelperThatIsNotIdleMayBeToldToStayWithItsOwn()
    {
        var support = new SupportedService("social", TimeSpan.Zero, OnlyWhenIdle: true);
        Assert.False(support.Applies(Now.AddHours(-1), ownWait: true, Now));
        Assert.True(support.Applies(Now.AddHours(-1), ownWait: false, Now));
        Assert.False(support.Applies(null, ownWait: false, Now));
    }

    [Fact]
    public void APolicyWrittenBeforeRatiosExistedStillReads()
    {
        const string old = """{"appointmentHeadStart":"00:10:00","greenHeadStart":"00:15:00"}""";
        var policy = JsonSerializer.Deserialize<CallPolicy>(old, JsonSerializerOptions.Web)!;
        Assert.Null(policy.FirstAfter);
        Assert.Empty(policy.Ratios);
        const string counter = """{"id":"c1","name":{"zh":"一","en":"One"},"services":["civil"]}""";
        Assert.Empty(JsonSerializer.Deserialize<CounterDefinition>(counter, JsonSerializerOptions.Web)!.Supports);
    }

    [Fact]
    public void TurnsCountUpToTheirMostAndStartAgain()
    {
        var turns = default(CallTurns);
        for (var i = 0; i < 100; i++) turns = turns.After(Segment.Ordinary, false);
        Assert.Equal((CallTurns.Most, CallTurns.Most, 0), (turns.Since(Segment.Green, Segment.Ordinary), turns.Since(Segment.Appointment, Segment.Ordinary), turns.Since(Segment.Ordinary, Segment.Green)));
        turns = turns.After(Segment.Green, true);
        Assert.Equal((0, 1, true), (turns.Since(Segment.Green, Segment.Ordinary), turns.Since(Segment.Ordinary, Segment.Green), turns.LastByRatio));
    }

    [Fact]
    public void EveryFaultOfAHallIsFoundAtOnce()
    {
        var hall = Tickets.Hall with
        {
            TimeZone = "Mars/Olympus",
            Policy = new CallPolicy(TimeSpan.FromHours(-1), TimeSpan.FromHours(9))
            {
                FirstAfter = TimeSpan.Zero,
                Ratios = [new SegmentRatio(Segment.Green, 0, Segment.Green), new SegmentRatio(Segment.Green, 64, Segment.Ordinary)],
            },
            Counters = [new CounterDefinition("c1", new("一", "One"), ["civil", "tax"])
            {
                Supports = [new("civil", TimeSpan.Zero), new("none", TimeSpan.FromMinutes(-1))],
                Hours = [new(new(9, 0), new(12, 0)), new(new(11, 0), new(10, 0))],
            }],
        };
        Assert.Equal(
            [
                "/counters/0/hours/1", "/counters/0/services", "/counters/0/supports/0/service", "/counters/0/supports/1/service",
                "/counters/0/supports/1/whenWaits", "/policy/appointmentHeadStart", "/policy/firstAfter", "/policy/greenHeadStart",
                "/policy/ratios/0/calls", "/policy/ratios/0/then", "/policy/ratios/1/calls", "/timeZone",
            ],
            HallInspection.Faults(hall).Select(f => f.Pointer).Order(StringComparer.Ordinal));
        Assert.Empty(HallInspection.Faults(Tickets.Hall));
    }

    private static TicketCalled Call(CallPolicy policy, CallTurns turns, params ReadOnlySpan<Ticket> tickets) =>
        (TicketCalled)QueueRules.Call(Tickets.Queue(policy, tickets), new CounterCall("c1") { Turns = turns }, "clerk1", Now).OrThrow().Single();
}
