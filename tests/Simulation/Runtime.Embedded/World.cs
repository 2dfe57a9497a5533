using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OneStop.EmbeddedRuntime;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Journal.Sqlite;
using OneStop.Silo.Hosting;
using OneStop.Silo.Sample;
using Orleans;

namespace OneStop.Simulations;

/// <summary>The sample town under virtual time over a record of its own. Its process can die and be started again.</summary>
internal sealed class World : IDisposable
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("onestop-simulation-");
    private readonly Random dice;
    private IHost? host;
    private FaultyStore? store;

    public World(int seed, DateTimeOffset start)
    {
        dice = new Random(seed);
        Hints = new LossyHints(dice);
        Simulation = new Simulation(new SimulationOptions { Seed = (ulong)seed, Start = start });
        Start();
    }

    public Simulation Simulation { get; }

    public LossyHints Hints { get; }

    public FaultyStore Store => store ?? throw new InvalidOperationException("The process is dead.");

    public IGrainFactory Grains => Host.Services.GetRequiredService<IGrainFactory>();

    public DateTimeOffset Now => Simulation.Clock.GetUtcNow();

    private IHost Host => host ?? throw new InvalidOperationException("The process is dead.");

    /// <summary>Starts the process over what is recorded.</summary>
    public void Start()
    {
        var options = Town.JournalOptions(Key, Simulation.Clock, Simulation.Scheduler) with { CommitsReachDisk = false };
        store = new FaultyStore(Simulation.Run(() => SqliteJournal.OpenAsync(Path.Combine(folder.FullName, "town.db"), options).AsTask()), dice);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddTown(store, Key);
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(Hints);
        builder.AddGrains(Simulation);
        host = builder.Build();
        Simulation.Run(DefineAsync);
    }

    /// <summary>The process is gone without a word: nothing is flushed, nobody is told.</summary>
    public void Die()
    {
        Store.DieAfter(0);
        // Where the machine ends, ends this too: its file is let go of, or the next process could not be given it.
        Simulation.Run(() => Store.DisposeAsync().AsTask());
        Host.Dispose();
        (host, store) = (null, null);
    }

    /// <summary>What every process does each five seconds of real time.</summary>
    public async Task PulseAsync()
    {
        await Host.Services.GetRequiredService<Definitions>().LookAsync(Store);
        await Task.WhenAll(Enumerable.Range(0, IDeadlineGrain.Shards).Select(shard => Grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard)).Look()));
        await Grains.GetGrain<IRegionGrain>(SampleTown.Read().Region.Code).Reconcile();
    }

    public void Dispose()
    {
        if (host is not null) Die();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private async Task DefineAsync()
    {
        var catalogue = Grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);
        if (await catalogue.Current() is null)
            await catalogue.Define(new CommandInfo("system", "sample-town", "", MayRepeat: false, "system"), SampleTown.Read());
        await Host.Services.GetRequiredService<Definitions>().ReadAsync(Store);
    }
}
