using OneStop.Domain.Applications;
using OneStop.Grains.Tests.Applications;
using OneStop.Grains.Tests.Archive;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>The periods of retention under virtual time: a case ended on Monday 2026-03-02, archived after a year, erased after ten.</summary>
public sealed class RetentionClockTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Archive = new(2027, 3, 3, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Erasure = new(2036, 3, 3, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void ACaseIsArchivedAndErasedAtItsInstants()
    {
        using var town = new SimulatedTown(Monday);
        End(town);

        town.Simulation.AdvanceTo(Archive.AddSeconds(-1));
        var running = ArchivedAt(town);
        town.Simulation.AdvanceTo(Archive);
        Assert.Equal((null, Archive), (running, ArchivedAt(town)));
        town.Simulation.AdvanceTo(Erasure.AddSeconds(-1));
        Assert.Equal("王小明", Person(town).Name);
        town.Simulation.AdvanceTo(Erasure);

        Assert.Equal((null, Erasure), (Person(town).Name, Person(town).ErasedAt));
        Assert.Empty(town.Simulation.Run(() => town.Journal.VerifyAsync().AsTask()).Faults);
    }

    [Fact]
    public void WhatCameDueInAnOutageIsRecordedOnceAndInOrder()
    {
        using var town = new SimulatedTown(Monday);
        End(town);
        town.Stop();
        town.Simulation.AdvanceTo(Erasure.AddDays(1));
        town.Start();

        town.Simulation.Run(() => town.Case("N1").WakeUp(Archive));
        town.Simulation.Run(() => town.Case("N1").WakeUp(Archive));
        town.Simulation.AdvanceTo(Erasure.AddDays(2));

        Assert.Equal(
            ["application.delivered.v1", "application.archived.v1", "application.personal-data-erased.v1"],
            town.Simulation.Run(() => town.Case("N1").Timeline()).Select(e => e.Type).TakeLast(3));
        Assert.Null(Person(town).Name);
    }

    private static void End(SimulatedTown town) => town.Simulation.Run(async () =>
    {
        await town.Grains.DefineKeptItemsAsync();
        await town.Case("N1").Receive(Command.By("public"), Actor.Public, CaseTown.Intake("kept-ten-years"));
        await town.Case("N1").DoAsync(CaseTown.Clerk, new AcceptApplication());
        await town.Case("N1").DoAsync(CaseTown.Head("market"), new DecideApplication(ApplicationOutcome.Granted, null));
        await town.Case("N1").DoAsync(CaseTown.Clerk, new DeliverApplication());
    });

    private static DateTimeOffset? ArchivedAt(SimulatedTown town) => town.Simulation.Run(() => town.Case("N1").View()).ArchivedAt;

    private static Interfaces.Applications.PersonalDataView Person(SimulatedTown town) =>
        town.Simulation.Run(() => town.Case("N1").PersonalData(CaseTown.Clerk, null));
}
