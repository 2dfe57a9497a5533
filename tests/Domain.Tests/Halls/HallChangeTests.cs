using OneStop.Domain.Halls;

namespace OneStop.Domain.Tests.Halls;

public class HallChangeTests
{
    private static readonly Ticket Waiting = Tickets.Taken("A001", "2026-03-02 10:00");
    private static readonly Ticket Done = Waiting with { State = TicketState.Finished, Counter = "c1" };

    [Fact]
    public void AServiceIsNotTakenAwayFromThoseWhoWaitForIt()
    {
        var without = Tickets.Hall with { Services = [Tickets.Hall.Services[1]], Counters = [] };
        Assert.Single(HallChange.Obstacles(Tickets.Hall, without, [Waiting]));
        Assert.Empty(HallChange.Obstacles(Tickets.Hall, without, [Done]));
    }

    [Fact]
    public void AServiceThatSomebodyWaitsForIsServedSomewhere()
    {
        var unserved = Tickets.Hall with { Counters = [Tickets.Hall.Counters[0] with { Services = [], Supports = [] }] };
        Assert.Single(HallChange.Obstacles(Tickets.Hall, unserved, [Waiting]));
        var elsewhere = unserved with { Counters = unserved.Counters.Add(Tickets.Hall.Counters[0] with { Id = "c2" }) };
        Assert.Empty(HallChange.Obstacles(Tickets.Hall, elsewhere, [Waiting]));
    }

    [Fact]
    public void ACounterIsNotTakenAwayFromItsVisitors()
    {
        var moved = Tickets.Hall with { Counters = [Tickets.Hall.Counters[0] with { Id = "c2" }] };
        Assert.Single(HallChange.Obstacles(Tickets.Hall, moved, [Waiting with { State = TicketState.Held, Counter = "c1" }]));
        Assert.Single(HallChange.Obstacles(Tickets.Hall, moved, [Waiting with { OnlyCounter = "c1" }]));
        Assert.Empty(HallChange.Obstacles(Tickets.Hall, moved, [Waiting, Done]));
    }

    [Fact]
    public void ThePrefixOfNumbersGivenTodayIsNotGivenToAnotherService()
    {
        var swapped = Tickets.Hall with { Services = [Tickets.Hall.Services[0] with { Prefix = "B" }, Tickets.Hall.Services[1] with { Prefix = "A" }] };
        Assert.Single(HallChange.Obstacles(Tickets.Hall, swapped, [Done]));
        Assert.Empty(HallChange.Obstacles(Tickets.Hall, swapped, []));
    }

    [Fact]
    public void AHallWithVisitorsIsNotTakenAway()
    {
        Assert.Single(HallChange.Obstacles(Tickets.Hall, null, [Waiting]));
        Assert.Equal("in-use", HallChange.Refusal(["1 visitor"])!.Code);
        Assert.Null(HallChange.Refusal(HallChange.Obstacles(Tickets.Hall, null, [Done])));
    }
}
