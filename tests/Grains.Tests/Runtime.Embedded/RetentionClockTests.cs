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
            town.Simulation.Run(() => town.Case("N1").Timeline(CaseTown.Clerk)).Select(e => e.Type).TakeLast(3));
        Assert.Null(Person(town).Name);
    }

    // Whatever is asked in whatever order over twelve years, by whom it may and may not be: the chains hold, and what is erased is erased.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ArchivingCorrectingAndErasingInAnyOrderLeavesTheRecordWhole(int seed)
    {
        var random = new Random(seed);
        using var town = new SimulatedTown(Monday);
        End(town);
        town.Accept("N2");
        var application = town.Case("N1");
        var admin = new Actor("admin", null, [Role.Admin]);
        Func<Task>[] asked =
        [
            () => application.ErasePersonalData(Command.By("admin"), admin, new Interfaces.Applications.CaseText("why" + random.Next(), "why")),
            () => application.CorrectPersonalData(Command.By("clerk1"), CaseTown.Clerk, null, new("王晓明", "1101011990030742" + random.Next(10, 99), null)),
            () => application.CorrectPersonalData(Command.By("public"), Actor.Public, "code-1", new(null, null, "13900139000")),
            () => application.DoAsync(CaseTown.Clerk, new DeliverApplication()),
            () => application.WakeUp(town.Simulation.Clock.GetUtcNow()),
            () => application.Export(admin),
        ];
        for (var at = Monday; at < Erasure.AddYears(1); at = at.AddDays(random.Next(1, 400)))
        {
            town.Simulation.AdvanceTo(at.AddMinutes(1));
            town.Simulation.Run(async () =>
            {
                try
                {
                    await asked[random.Next(asked.Length)]();
                }
                catch (Domain.OneStopException)
                {
                    // Refused; that is one of the answers.
                }
            });
        }

        town.Simulation.AdvanceTo(Erasure.AddYears(3));
        Assert.Empty(town.Simulation.Run(() => town.Journal.VerifyAsync().AsTask()).Faults);
        Assert.Equal((null, null, null), (Person(town).Name, Person(town).IdNumber, Person(town).Phone));
        Assert.Equal("王小明", town.Simulation.Run(() => town.Case("N2").PersonalData(CaseTown.Clerk, null)).Name);
        var types = town.Simulation.Run(() => application.Timeline(CaseTown.Clerk)).Select(e => e.Type).ToList();
        Assert.Single(types, type => type == "application.archived.v1");
        Assert.Single(types, type => type == "application.personal-data-erased.v1");
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
