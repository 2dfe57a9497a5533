using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Ratings;

namespace OneStop.Domain.Tests.Halls;

public class RatingTests
{
    private static readonly DateTimeOffset Now = Times.At("2026-03-02 10:00");
    private static readonly Ticket Served = Tickets.Taken("A001", "2026-03-02 09:00") with { State = TicketState.Finished };

    [Fact]
    public void AServiceIsRatedOnce()
    {
        var rated = Rate(RatingState.Initial, Served, Grade.Satisfied);
        Assert.IsType<RatingGiven>(Assert.Single(rated.OrThrow()));
        Assert.Equal("already-rated", Rate(RatingState.Initial.Evolve(rated.Events[0]), Served, Grade.VerySatisfied).CodeOf());
    }

    [Theory]
    [InlineData(TicketState.Waiting)]
    [InlineData(TicketState.Called)]
    [InlineData(TicketState.Serving)]
    [InlineData(TicketState.NoShow)]
    [InlineData(TicketState.Cancelled)]
    public void WhatWasNotServedIsNotRated(TicketState state) =>
        Assert.Equal("not-served", Rate(RatingState.Initial, Served with { State = state }, Grade.Satisfied).CodeOf());

    [Theory]
    [InlineData(Grade.VerySatisfied, false)]
    [InlineData(Grade.BasicallySatisfied, false)]
    [InlineData(Grade.Dissatisfied, true)]
    [InlineData(Grade.VeryDissatisfied, true)]
    public void TheTwoBadGradesOpenARectificationOfFiveWorkingDays(Grade grade, bool opens)
    {
        var state = Rate(RatingState.Initial, Served, grade).OrThrow().Aggregate(RatingState.Initial, (s, e) => s.Evolve(e));
        Assert.Equal(opens ? Times.EndOf("2026-03-09") : null, state.NextDueAt);
    }

    [Fact]
    public void ARectificationIsAnsweredOnceAndLatenessIsKept()
    {
        var state = Rate(RatingState.Initial, Served, Grade.Dissatisfied).OrThrow().Aggregate(RatingState.Initial, (s, e) => s.Evolve(e));
        var inTime = (RectificationClosed)RatingRules.Rectify(state, Served.Id, "doc", "head.civil", Times.At("2026-03-09 23:00")).OrThrow().Single();
        var late = (RectificationClosed)RatingRules.Rectify(state, Served.Id, "doc", "head.civil", Times.At("2026-03-10 08:00")).OrThrow().Single();
        Assert.Equal((false, true), (inTime.Overdue, late.Overdue));
        Assert.Null(state.Evolve(inTime).NextDueAt);
        Assert.Equal("wrong-state", RatingRules.Rectify(state.Evolve(inTime), Served.Id, "doc", "head.civil", Now).CodeOf());
        Assert.Equal("wrong-state", RatingRules.Rectify(RatingState.Initial, Served.Id, "doc", "head.civil", Now).CodeOf());
    }

    private static Decision<RatingEvent> Rate(RatingState state, Ticket ticket, Grade grade) =>
        RatingRules.Rate(state, ticket, grade, null, Times.China, "public", Now);
}
