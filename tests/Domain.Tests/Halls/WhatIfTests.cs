using System.Collections.Immutable;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Tests.Halls;

public class WhatIfTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    [Fact]
    public void AReplayWithTheSameSetUpIsTheDayAsItWas()
    {
        var answer = WhatIf.Compare(Recorded(3), new WhatIfChange(), Limit);
        Assert.Equal(answer.Recorded.Mean, answer.Replayed.Mean, 6);
        Assert.Equal(answer.Replayed.P90, answer.Changed.P90, 6);
        Assert.Equal(answer.Recorded.Called, answer.Changed.Called);
    }

    [Fact]
    public void OneMoreCounterShortensTheWaitsAndOneLessMakesThemLonger()
    {
        var day = Recorded(3);
        var more = WhatIf.Compare(day, new WhatIfChange(day.Counters.Add(day.Counters[^1] with { Id = "c9" })), Limit);
        var less = WhatIf.Compare(day, new WhatIfChange(day.Counters.RemoveAt(7)), Limit);
        Assert.True(more.Changed.Mean < more.Replayed.Mean && less.Changed.Mean > less.Replayed.Mean);
        Assert.True(less.Changed.OverLimit > less.Replayed.OverLimit);
    }

    [Fact]
    public void ALongerHeadStartHelpsItsSegmentAtTheCostOfOthers()
    {
        var answer = WhatIf.Compare(Recorded(3), new WhatIfChange(Policy: new CallPolicy(TimeSpan.Zero, TimeSpan.FromHours(4))), Limit);
        Assert.True(answer.Changed.BySegment[Segment.Green].Mean < answer.Replayed.BySegment[Segment.Green].Mean);
        Assert.True(answer.Changed.BySegment[Segment.Appointment].Mean > answer.Replayed.BySegment[Segment.Appointment].Mean);
    }

    [Fact]
    public void VisitorsNobodyServesAreCountedAsNeverCalled()
    {
        var day = Recorded(3);
        var answer = WhatIf.Compare(day, new WhatIfChange([.. day.Counters.Select(c => c with { Services = c.Services.Remove("tax") })]), Limit);
        Assert.Equal(day.Visits.Count(v => v.Visit.Service == "tax"), answer.Changed.NeverCalled);
        Assert.Equal(0, answer.Changed.ByService["tax"].Called);
    }

    [Fact]
    public void ACounterNamedTwiceIsRefused()
    {
        var day = Recorded(3);
        var refused = Assert.Throws<OneStopException>(() => WhatIf.Compare(day, new WhatIfChange(day.Counters.Add(day.Counters[0])), Limit));
        Assert.Equal("validation", refused.Code);
    }

    [Fact]
    public void TheDayIsReadFromTicketsAndCounterEvents()
    {
        var at = Times.At("2026-03-02 09:00");
        ImmutableArray<CounterEvent> events =
            [new CounterOpened(at, "clerk1", ["civil"]), new CounterPaused(at.AddHours(1), "clerk1", "tea"), new CounterOpened(at.AddHours(2), "clerk1", ["civil"])];
        var served = Tickets.Taken("A001", "2026-03-02 09:00") with
        {
            State = TicketState.Finished,
            FirstCalledAt = at.AddMinutes(5),
            CalledAt = at.AddMinutes(6),
            EndedAt = at.AddMinutes(9),
        };
        var day = RecordedDay.Of(
            Tickets.Hall,
            [served, Tickets.Taken("A002", "2026-03-02 09:01")],
            new Dictionary<string, ImmutableArray<CounterEvent>> { ["c1"] = events },
            at.AddHours(8));

        Assert.Equal([new OpenInterval(at, at.AddHours(1)), new OpenInterval(at.AddHours(2), at.AddHours(8))], day.Counters[0].Open);
        var visit = Assert.Single(day.Visits);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(4)), (visit.Waited, visit.Visit.Occupies));
    }

    private static RecordedDay Recorded(int number)
    {
        var day = new HallDay(HallDay.Shilong, number);
        return new RecordedDay(day.Hall.Policy, day.Counters, [.. day.Result.Visits.Select(v => new RecordedVisit(v.Visit, v.Wait))]);
    }
}
