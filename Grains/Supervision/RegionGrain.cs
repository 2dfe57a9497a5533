using Microsoft.Extensions.Logging;
using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Feeds;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Measures;
using Orleans;

namespace OneStop.Grains.Supervision;

/// <summary>A region's wallboard: what its departments and halls last told.</summary>
public sealed class RegionGrain(TimeProvider time, Definitions definitions, TownMeasures measures, ILogger<RegionGrain> logger) : Grain, IRegionGrain
{
    private const int ShownCases = 10;
    private const int ShownCards = 20;

    private readonly Dictionary<string, DepartmentContribution> departments = [];
    private readonly Dictionary<string, HallContribution> halls = [];
    private TownDefinition? town;
    private LiveFeed? feed;

    // The town as it was defined when this woke.
    private TownDefinition Town => town ??= definitions.Town is { } defined && defined.Region.Code == this.GetPrimaryKeyString()
        ? defined
        : throw Refusals.Unknown("region", this.GetPrimaryKeyString());

    private LiveFeed Feed => feed ??= new LiveFeed(this, "region/" + Town.Region.Code, time, measures.Feeds, logger, Board);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => AskAsync();

    /// <inheritdoc/>
    public async Task TellDepartment(DepartmentContribution contribution)
    {
        if (departments.TryGetValue(contribution.Code, out var old)
            && (contribution.Epoch < old.Epoch || (contribution.Epoch == old.Epoch && contribution.Version <= old.Version)))
        {
            return;
        }

        departments[contribution.Code] = contribution;
        await Feed.ChangedAsync();
    }

    /// <inheritdoc/>
    public async Task TellHall(HallContribution contribution)
    {
        halls[contribution.Hall] = contribution;
        await Feed.ChangedAsync();
    }

    /// <inheritdoc/>
    public Task<FeedSnapshot> Snapshot() => Feed.SnapshotAsync();

    /// <inheritdoc/>
    public Task<FeedVersion> Version() => Task.FromResult(Feed.Version());

    /// <inheritdoc/>
    public async Task Reconcile()
    {
        await Task.WhenAll(Town.Departments.Select(d => GrainFactory.GetGrain<IDepartmentGrain>(d.Code).Reconcile()));
        await Task.WhenAll(Town.Halls.Select(h => GrainFactory.GetGrain<IHallGrain>(h.Id).Reconcile()));
        await AskAsync();
    }

    private async Task AskAsync()
    {
        var askedDepartments = Town.Departments.Select(d => GrainFactory.GetGrain<IDepartmentGrain>(d.Code).Contribution()).ToArray();
        var askedHalls = Town.Halls.Select(h => GrainFactory.GetGrain<IHallGrain>(h.Id).Contribution()).ToArray();
        foreach (var department in await Task.WhenAll(askedDepartments)) departments[department.Code] = department;
        foreach (var hall in await Task.WhenAll(askedHalls)) halls[hall.Hall] = hall;
        await Feed.ChangedAsync();
    }

    private SupervisionBoard Board()
    {
        var all = departments.Values.OrderBy(d => d.Code, StringComparer.Ordinal).ToArray();
        return new SupervisionBoard(
            Town.Region.Code,
            all.Sum(d => d.Open),
            all.Aggregate(Lights.None, (sum, d) => sum.Plus(d.Lights)),
            all.Sum(d => d.AcceptedToday),
            all.Sum(d => d.CompletedToday),
            [.. all.Select(d => new BoardDepartment(d.Code, d.Open, d.Lights, d.AcceptedToday, d.CompletedToday))],
            [.. halls.Values.OrderBy(h => h.Hall, StringComparer.Ordinal)],
            [.. all.SelectMany(d => d.Oldest).OrderBy(c => c.DueAt).Take(ShownCases)],
            [.. all.SelectMany(d => d.Cards).OrderByDescending(c => c.IssuedAt).Take(ShownCards)]);
    }
}
