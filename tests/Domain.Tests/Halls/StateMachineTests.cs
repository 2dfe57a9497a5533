using OneStop.Domain.Halls;

namespace OneStop.Domain.Tests.Halls;

/// <summary>What a hall refuses, typed and without effect; failures known from other systems among them.</summary>
public class StateMachineTests
{
    private const string Clerk = "clerk1";
    private static readonly DateTimeOffset Now = Times.At("2026-03-02 10:30");
    private static readonly Ticket One = Tickets.Taken("A001", "2026-03-02 09:40");
    private static readonly Ticket Two = Tickets.Taken("A002", "2026-03-02 09:50");

    [Fact]
    public void AClerkWithATicketGetsNoSecondOne()
    {
        var busy = Tickets.Open().With(One);
        Assert.Equal("counter-busy", CounterRules.MayCall(busy, Clerk)!.Code);
        Assert.Equal("counter-busy", CounterRules.Resume(Held().With(Two), One.Id, Clerk, Now).CodeOf());
        Assert.Equal("counter-busy", CounterRules.Close(busy, Clerk, Now).CodeOf());
    }

    [Fact]
    public void NothingCanBeDoneToATicketThatNobodyCalled()
    {
        var idle = Tickets.Open();
        Assert.All(
            new[]
            {
                CounterRules.Finish(idle, "done", Clerk, Now), CounterRules.Start(idle, Clerk, Now), CounterRules.NoShow(idle, Clerk, Now),
                CounterRules.Recall(idle, Clerk, Now), CounterRules.Hold(idle, Clerk, Now), CounterRules.HandOver(idle, "social", null, Clerk, Now),
                CounterRules.Resume(idle, One.Id, Clerk, Now),
            },
            decision => Assert.Equal("wrong-state", decision.CodeOf()));
    }

    [Fact]
    public void AServedTicketIsNotStartedAgainNorMissing()
    {
        var serving = Tickets.Open().With(One).Evolve(new ServiceStarted(Now, Clerk, One.Id));
        Assert.Equal("wrong-state", CounterRules.Start(serving, Clerk, Now).CodeOf());
        Assert.Equal("wrong-state", CounterRules.NoShow(serving, Clerk, Now).CodeOf());
        Assert.Equal("wrong-state", CounterRules.Recall(serving, Clerk, Now).CodeOf());
    }

    [Fact]
    public void ATicketIsCalledThreeTimesAtMostAndItsWaitEndsWithTheFirst()
    {
        var counter = Tickets.Open().With(One, "2026-03-02 10:00");
        for (var calls = 1; calls < CounterRules.MaxCalls; calls++)
            counter = counter.Evolve(Assert.Single(CounterRules.Recall(counter, Clerk, Now.AddMinutes(calls)).OrThrow()));
        Assert.Equal("wrong-state", CounterRules.Recall(counter, Clerk, Now).CodeOf());
        Assert.Equal(Times.At("2026-03-02 10:00"), counter.Active!.FirstCalledAt);
    }

    [Fact]
    public void OnlyTheClerkOfACounterActsThere()
    {
        var counter = Tickets.Open().With(One);
        Assert.Equal("not-allowed", CounterRules.Finish(counter, "done", "clerk2", Now).CodeOf());
        Assert.Equal("wrong-state", CounterRules.Open(counter, Tickets.Hall.Counter("c1"), [], "clerk2", Now).CodeOf());
        Assert.Equal("counter-not-open", CounterRules.MayCall(CounterState.Initial, Clerk)!.Code);
        Assert.Equal("counter-not-open", CounterRules.Finish(CounterState.Initial, "done", Clerk, Now).CodeOf());
    }

    [Fact]
    public void APauseNeedsAReason() => Assert.Equal("validation", CounterRules.Pause(Tickets.Open(), " ", Clerk, Now).CodeOf());

    [Fact]
    public void ACounterWithTicketsPutAsideDoesNotClose() => Assert.Equal("wrong-state", CounterRules.Close(Held(), Clerk, Now).CodeOf());

    [Fact]
    public void OneCallTakesATicketOutOfTheQueueForEveryOtherCounter()
    {
        var queue = Tickets.Queue(CallPolicy.Default, One, Two);
        var first = (TicketCalled)QueueRules.Call(queue, new CounterCall("c1"), Clerk, Now).OrThrow().Single();
        queue = queue.Evolve(first);
        var second = (TicketCalled)QueueRules.Call(queue, new CounterCall("c2"), "clerk2", Now).OrThrow().Single();

        Assert.Equal((One.Id, Two.Id), (first.TicketId, second.TicketId));
        Assert.Equal("wrong-state", QueueRules.Call(queue, new CounterCall("c2", One.Id), "clerk2", Now).CodeOf());
        Assert.Equal("wrong-state", QueueRules.Cancel(queue, One.Id, "public", Now).CodeOf());
        Assert.Empty(QueueRules.Call(queue.Evolve(second), new CounterCall("c2"), "clerk2", Now).OrThrow());
    }

    [Fact]
    public void NumbersNeverRepeatWhateverIsCancelled()
    {
        var queue = QueueState.Empty(CallPolicy.Default);
        var numbers = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            var issued = (TicketIssued)QueueRules.Issue(queue, Tickets.Hall, new TakeTicket("t" + i, "civil", Segment.Ordinary, "zh"), "public", Now).OrThrow().Single();
            queue = queue.Evolve(issued);
            numbers.Add(issued.Ticket.Number);
            if (i % 3 == 0) queue = queue.Evolve(new TicketCancelled(Now, "public", issued.Ticket.Id));
        }

        Assert.Distinct(numbers);
    }

    [Fact]
    public void ATicketForAClosedServiceIsRefused()
    {
        var take = new TakeTicket("t1", "civil", Segment.Ordinary, "zh");
        var queue = QueueState.Empty(CallPolicy.Default);
        Assert.Equal("service-closed", QueueRules.Issue(queue, Tickets.Hall, take, "public", Times.At("2026-03-02 16:30")).CodeOf());
        Assert.Equal("service-closed", QueueRules.Issue(queue, Tickets.Hall, take, "public", Times.At("2026-03-02 08:59")).CodeOf());
        Assert.Null(QueueRules.Issue(queue, Tickets.Hall, take, "public", Now).Refusal);
        Assert.Equal("unknown-service", Assert.Throws<OneStopException>(() => QueueRules.Issue(queue, Tickets.Hall, take with { Service = "x" }, "public", Now)).Code);
    }

    [Fact]
    public void TheEndOfTheDayNamesEveryTicketThatStillWaits()
    {
        var queue = Tickets.Queue(CallPolicy.Default, One, Two);
        var closed = (QueueClosed)QueueRules.Close(queue, "system", Now).OrThrow().Single();
        queue = queue.Evolve(closed);

        Assert.Equal([One.Id, Two.Id], closed.Lapsed);
        Assert.Empty(queue.Waiting);
        Assert.Empty(QueueRules.Close(queue, "system", Now).OrThrow());
        Assert.Equal("service-closed", QueueRules.Issue(queue, Tickets.Hall, new TakeTicket("t", "civil", Segment.Ordinary, "zh"), "public", Now).CodeOf());
        Assert.Equal("service-closed", QueueRules.TransferIn(queue, One, new("civil"), Clerk, Now).CodeOf());
        queue = queue.Evolve(QueueRules.Open(queue, "system", Now).OrThrow().Single());
        Assert.Null(QueueRules.Issue(queue, Tickets.Hall, new TakeTicket("t", "civil", Segment.Ordinary, "zh"), "public", Now).Refusal);
        Assert.Equal(2, queue.Issued);
    }

    [Fact]
    public void ATransferredTicketKeepsItsNumberAndItsAge()
    {
        var queue = Tickets.Queue(CallPolicy.Default, Two);
        var back = (TicketTransferredIn)QueueRules.TransferIn(queue, One, new("civil", "c9"), Clerk, Now).OrThrow().Single();
        queue = queue.Evolve(back);
        Assert.Equal(Two.Id, Assert.Single(queue.HeadsFor("c1")).Id);
        Assert.Equal(One.Id, Assert.Single(queue.HeadsFor("c9")).Id);
        Assert.Equal(0, queue.AheadOf(back.Ticket));
        Assert.Equal("wrong-state", QueueRules.Call(queue, new CounterCall("c1", One.Id), Clerk, Now).CodeOf());
    }

    private static CounterState Held() => Tickets.Open().With(One).Evolve(new TicketPutAside(Now, Clerk, One.Id));
}
