using OneStop.Grains.Interfaces.Supervision;

namespace OneStop.Grains.Tests.Runtime.Embedded;

public sealed class DepartmentTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));

    // The epoch of its feed is one per activation.
    [Fact]
    public void ADepartmentOfTheTownIsReadOnceHoweverLongNobodyTellsItAnything()
    {
        using var town = new SimulatedTown(Monday);
        town.Accept("N1");
        var first = Told(town, "market");

        town.Simulation.AdvanceTo(Monday.AddDays(9));

        Assert.Equal((first.Epoch, 1), (Told(town, "market").Epoch, Told(town, "market").Open));
    }

    [Fact]
    public void OneThatTheTownDoesNotKnowIsForgottenWhenNobodyAsksForIt()
    {
        using var town = new SimulatedTown(Monday);
        var first = Told(town, "nobody");

        town.Simulation.AdvanceTo(Monday.AddDays(9));

        Assert.NotEqual(first.Epoch, Told(town, "nobody").Epoch);
    }

    private static DepartmentContribution Told(SimulatedTown town, string code) =>
        town.Simulation.Run(() => town.Grains.GetGrain<IDepartmentGrain>(code).Contribution());
}
