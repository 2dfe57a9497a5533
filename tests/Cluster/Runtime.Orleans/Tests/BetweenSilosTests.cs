using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Supervision;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OneStop.Cluster.Tests;

/// <summary>What a call is like that leaves its silo.</summary>
public sealed class BetweenSilosTests
{
    private static Intake Application { get; } =
        new("shop-licence", "李雷", "44190019900101001X", "13800000000", "{}", ["m1"], Channel.Desk, "12345678");

    [Fact]
    public async Task ACommandAndItsAnswerGoFromSiloToSilo()
    {
        await using var silos = await TwoSilos.StartAsync(TimeProvider.System);
        var grain = silos.Grains.GetGrain<IApplicationGrain>("A1");

        var receipt = await silos.FromFirstToSecondAsync(grain, () => grain.Receive(TwoSilos.By("public"), Actor.Public, Application));

        Assert.Equal(("A1", "12345678"), (receipt.AcceptanceNumber, receipt.QueryCode));
        Assert.Equal(silos.Second, await silos.PlaceOfAsync(grain));
        Assert.Equal("A1", (await grain.View()).AcceptanceNumber);
    }

    [Fact]
    public async Task CasesOnBothSilosTellTheSameDepartment()
    {
        await using var silos = await TwoSilos.StartAsync(TimeProvider.System);
        var grains = Enumerable.Range(0, 32).Select(i => silos.Grains.GetGrain<IApplicationGrain>($"A{i}")).ToArray();

        await Task.WhenAll(grains.Select(async (grain, i) =>
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, i % 2 == 0 ? silos.First : silos.Second);
            await grain.Receive(TwoSilos.By("public"), Actor.Public, Application);
        }));

        var places = await Task.WhenAll(grains.Select(silos.PlaceOfAsync));
        Assert.Equal(new HashSet<SiloAddress?> { silos.First, silos.Second }, places.ToHashSet());
        var department = silos.Grains.GetGrain<IDepartmentGrain>("market");
        await department.Reconcile();
        Assert.Equal(grains.Length, (await department.Contribution()).Open);
    }

    [Fact]
    public async Task ACounterCallsATicketWhoseQueueIsOnTheOtherSilo()
    {
        await using var silos = await TwoSilos.StartAsync(TimeProvider.System);
        var queue = silos.Grains.GetGrain<IQueueGrain>("east/civil");
        var counter = silos.Grains.GetGrain<ICounterGrain>("east/c1");
        // Looking wakes nobody else; the hall, once told of something, would wake them all where it is.
        await silos.FromFirstToSecondAsync(queue, () => queue.Position("none"));
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silos.First);
        await counter.View();
        RequestContext.Clear();
        var taken = await queue.Take(
            TwoSilos.By("public"), new TakeTicket("T1", "civil", Segment.Ordinary, "zh"), new Staffing(1, 1, TimeSpan.FromMinutes(5)), null);
        await counter.Open(TwoSilos.By("clerk1"), []);

        var called = await counter.CallNext(TwoSilos.By("clerk1"));

        Assert.Equal((silos.First, silos.Second), (await silos.PlaceOfAsync(counter), await silos.PlaceOfAsync(queue)));
        Assert.Equal(taken.Id, called.Ticket!.Id);
    }

    [Fact]
    public async Task ARefusalKeepsItsTypeCodeAndFaults()
    {
        await using var silos = await TwoSilos.StartAsync(TimeProvider.System);
        var unknown = silos.Grains.GetGrain<IApplicationGrain>("A0");
        var catalogue = silos.Grains.GetGrain<ICatalogueGrain>("catalogue-of-the-test");
        var faulty = ClusterTown.Define() is var town ? town with { Items = [town.Items[0] with { Department = "nobody" }] } : null;

        var refusal = await Assert.ThrowsAsync<OneStopException>(() => silos.FromFirstToSecondAsync(unknown, unknown.View));
        var refusals = await Assert.ThrowsAsync<OneStopException>(() =>
            silos.FromFirstToSecondAsync<TownDefinition>(catalogue, () => catalogue.Define(TwoSilos.By("admin"), faulty!)));

        Assert.Equal((RefusalKind.Unknown, "unknown-application"), (refusal.Kind, refusal.Code));
        Assert.Contains(refusals.Faults, fault => fault.Code == "unknown-department");
    }

    [Fact]
    public async Task ARefusalToWakeKeepsItsType()
    {
        await using var silos = await TwoSilos.StartAsync(TimeProvider.System);
        var hall = silos.Grains.GetGrain<IHallGrain>("nowhere");

        var refusal = await Assert.ThrowsAsync<OneStopException>(() => silos.FromFirstToSecondAsync(hall, hall.Snapshot));

        Assert.Equal("unknown-hall", refusal.Code);
    }

    [Fact]
    public async Task TheClockThatGrainsSeeIsTheOneTheHostGives()
    {
        var ahead = TimeSpan.FromDays(400);
        await using var silos = await TwoSilos.StartAsync(new ClockAhead(ahead));
        var before = DateTimeOffset.UtcNow + ahead;
        var grain = silos.Grains.GetGrain<IApplicationGrain>("A1");

        await silos.FromFirstToSecondAsync(grain, () => grain.Receive(TwoSilos.By("public"), Actor.Public, Application));

        var at = (await grain.Timeline(Actor.System))[0].At;
        Assert.InRange(at, before - TimeSpan.FromSeconds(1), DateTimeOffset.UtcNow + ahead);
    }

    private sealed class ClockAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
