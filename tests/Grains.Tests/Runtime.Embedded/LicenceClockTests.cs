using OneStop.Domain.Applications;
using OneStop.Domain.Licences;
using OneStop.Domain.Notices;
using OneStop.Grains.Interfaces.Licences;
using OneStop.Grains.Notices;
using OneStop.Grains.Tests.Applications;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>The terms of a licence under virtual time: granted on Monday 2026-03-02 for 24 months, inspected each 12, notice 60 days before.</summary>
public sealed class LicenceClockTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset FirstInspection = new(2027, 3, 3, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset End = new(2028, 3, 3, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void ALicenceIsOverdueAndExpiresAtItsInstantsAndBothSidesAreTold()
    {
        var sent = new Sent();
        using var town = new SimulatedTown(Monday, carriers: new NoticeCarriers([sent], RetrySchedule.Default));
        var licence = Granted(town);

        town.Simulation.AdvanceTo(FirstInspection.AddSeconds(-1));
        var before = State(town, licence);
        town.Simulation.AdvanceTo(FirstInspection);
        var overdue = State(town, licence);
        town.Simulation.AdvanceTo(End.AddSeconds(-1));
        var last = State(town, licence);
        town.Simulation.AdvanceTo(End.AddMinutes(1));

        Assert.Equal(
            [LicenceStanding.Valid, LicenceStanding.InspectionOverdue, LicenceStanding.InspectionOverdue, LicenceStanding.Expired],
            [before, overdue, last, State(town, licence)]);
        Assert.Equal(["13800138000", "13900000002"], sent.Letters.Select(letter => letter.Address).Distinct().Order());
        Assert.Equal(8, sent.Letters.Count);
        Assert.DoesNotContain(sent.Letters, letter => letter.Text.Zh.Contains("王小明", StringComparison.Ordinal));
    }

    [Fact]
    public void AfterAnOutageEverythingIsRecordedOnceAndInOrder()
    {
        using var town = new SimulatedTown(Monday);
        Granted(town);
        town.Stop();
        town.Simulation.AdvanceTo(End.AddMonths(1));
        town.Start();
        var licence = town.Grains.GetGrain<ILicenceGrain>("LN1");

        town.Simulation.Run(() => licence.WakeUp(FirstInspection));
        town.Simulation.Run(() => licence.WakeUp(FirstInspection));
        town.Simulation.AdvanceTo(End.AddMonths(2));

        Assert.Equal(
            ["licence.issued.v1", "licence.reminded.v1", "licence.inspection-missed.v1", "licence.reminded.v1", "licence.expired.v1"],
            town.Simulation.Run(() => licence.Timeline()).Select(entry => entry.Type));
    }

    private static LicenceStanding State(SimulatedTown town, ILicenceGrain licence) => town.Simulation.Run(() => licence.View()).State;

    private static ILicenceGrain Granted(SimulatedTown town) => town.Simulation.Run(async () =>
    {
        await town.Case("N1").Receive(Command.By("public"), Actor.Public, CaseTown.Intake("food-permit"));
        await town.Case("N1").DoAsync(CaseTown.Clerk, new AcceptApplication());
        await town.Case("N1").DoAsync(CaseTown.Head("market"), new DecideApplication(ApplicationOutcome.Granted, null));
        await town.Case("N1").DoAsync(CaseTown.Clerk, new DeliverApplication());
        return town.Grains.GetGrain<ILicenceGrain>("LN1");
    });

    private sealed class Sent : INoticeCarrier
    {
        public NoticeChannel Channel => NoticeChannel.Sms;

        public List<Letter> Letters { get; } = [];

        public Task<Carried> CarryAsync(Letter letter, CancellationToken cancellationToken)
        {
            Letters.Add(letter);
            return Task.FromResult(Carried.Delivered);
        }
    }
}
