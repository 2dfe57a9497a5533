using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Ratings;
using OneStop.Grains.Interfaces.Halls;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>The clock of a rectification under virtual time: 5 working days after Monday 2026-03-02 end with 2026-03-09.</summary>
public sealed class RatingClockTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Due = new(2026, 3, 10, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void ABadGradeThatNobodyAnswersFallsDueAtItsInstant()
    {
        using var town = new SimulatedTown(Monday);
        var rating = Rated(town, Grade.Dissatisfied);

        town.Simulation.AdvanceTo(Due.AddSeconds(-1));
        var before = State(town, rating);
        town.Simulation.AdvanceTo(Due);

        Assert.Equal((RatingStanding.Rectifying, RatingStanding.Overdue), (before, State(town, rating)));
    }

    [Fact]
    public void AnAnsweredRectificationDoesNotFallDue()
    {
        using var town = new SimulatedTown(Monday);
        var rating = Rated(town, Grade.VeryDissatisfied);
        town.Simulation.Run(() => rating.Rectify(Command.By("head.civil"), "We called back and apologised."));

        town.Simulation.AdvanceTo(Due.AddDays(1));

        Assert.Equal(RatingStanding.Rectified, State(town, rating));
        var file = town.Simulation.Run(() => rating.File());
        Assert.Equal(("slow", "We called back and apologised."), (file.Remark, file.Answer));
    }

    private static RatingStanding State(SimulatedTown town, IRatingGrain rating) => town.Simulation.Run(() => rating.File()).Rating.State;

    private static IRatingGrain Rated(SimulatedTown town, Grade grade) => town.Simulation.Run(async () =>
    {
        var counter = town.Grains.GetGrain<ICounterGrain>($"{TownDefinitions.Hall}/c1");
        await counter.Open(Command.By("clerk1"), []);
        var ticket = await town.Grains.GetGrain<IQueueGrain>($"{TownDefinitions.Hall}/civil").Take(
            Command.By("public"), new TakeTicket(Command.NewId(), "civil", Segment.Ordinary, "zh"), default, null);
        await counter.CallNext(Command.By("clerk1"));
        await counter.Finish(Command.By("clerk1"), "done");
        var rating = town.Grains.GetGrain<IRatingGrain>(ticket.Id);
        await rating.Rate(Command.By("public"), grade, "slow");
        return rating;
    });
}
