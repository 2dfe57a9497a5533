using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Journal;
using OneStop.Journal.Sqlite;
using OneStop.Silo.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OneStop.Cluster.Tests;

/// <summary>Two silos in this process over one record: enough to see what goes from one to the other.</summary>
internal sealed class TwoSilos : IAsyncDisposable
{
    private readonly IJournal journal;
    private readonly IHost[] hosts;

    private TwoSilos(IJournal journal, IHost[] hosts) => (this.journal, this.hosts) = (journal, hosts);

    /// <summary>What the first silo calls grains with.</summary>
    public IGrainFactory Grains => hosts[0].Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => hosts[0].Services;

    public SiloAddress First => AddressOf(hosts[0]);

    public SiloAddress Second => AddressOf(hosts[1]);

    /// <summary>Starts them.</summary>
    /// <param name="time">The clock that grains see.</param>
    /// <param name="pulse">Whether the durable clock's shards are kept awake. Default: nothing goes by itself.</param>
    public static async Task<TwoSilos> StartAsync(TimeProvider time, bool pulse = false)
    {
        var journal = await SqliteJournal.OpenAsync(":memory:", Town.JournalOptions(new byte[32], time));
        var (primary, firstGateway) = FreePorts.Two();
        var (second, secondGateway) = FreePorts.Two();
        var silos = new TwoSilos(journal, [Make(journal, time, primary, firstGateway, primary, pulse), Make(journal, time, second, secondGateway, primary, pulse)]);
        foreach (var host in silos.hosts) await host.StartAsync();
        var town = await silos.Grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Define(By("admin"), ClusterTown.Define());
        foreach (var host in silos.hosts) host.Services.GetRequiredService<Definitions>().Load(town);
        return silos;
    }

    /// <summary>What a silo knows of the definitions.</summary>
    public Definitions DefinitionsOf(SiloAddress silo) => hosts.Single(host => AddressOf(host).Equals(silo)).Services.GetRequiredService<Definitions>();

    /// <summary>A command under an id of its own.</summary>
    public static CommandInfo By(string actor) => new(actor, Guid.NewGuid().ToString(), "", MayRepeat: false, actor);

    /// <summary>Has a grain that is not active yet activated by the second silo, and calls it from the first.</summary>
    public async Task<T> FromFirstToSecondAsync<T>(IAddressable grain, Func<Task<T>> call)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, Second);
        try
        {
            return await call();
        }
        finally
        {
            RequestContext.Clear();
            if (await PlaceOfAsync(grain) is { } place) Assert.Equal(Second, place);
        }
    }

    /// <summary>Where a grain is active.</summary>
    public async Task<SiloAddress?> PlaceOfAsync(IAddressable grain) => await Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain);

    /// <summary>Ends the second silo as SIGTERM would.</summary>
    public Task StopSecondAsync() => hosts[1].StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.Reverse())
        {
            await host.StopAsync();
            host.Dispose();
        }

        await journal.DisposeAsync();
    }

    private static SiloAddress AddressOf(IHost host) => host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private static IHost Make(IJournal journal, TimeProvider time, int siloPort, int gatewayPort, int primary, bool pulse)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time);
        builder.Services.AddTown(journal, new byte[32]);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, new IPEndPoint(IPAddress.Loopback, primary));
            silo.AddMemoryGrainStorage(FeedHosting.SubscriptionStore);
            silo.AddFeeds();
            silo.UseGrainClock();
            if (pulse) silo.UseMembershipWatch();
        });
        if (pulse) builder.Services.AddPulse();
        return builder.Build();
    }
}
