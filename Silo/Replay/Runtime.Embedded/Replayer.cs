using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.EmbeddedRuntime;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Journal;
using OneStop.Journal.Sqlite;
using OneStop.Silo.Hosting;
using Orleans;

namespace OneStop.Silo.Replay;

/// <summary>
/// Tells a log to the system's own grains under virtual time: every case is an application grain, every line a
/// command to it, and deadlines fire by the durable clock in between.
/// </summary>
internal static class Replayer
{
    private const string RegionCode = "log";

    /// <summary>Runs the replay.</summary>
    /// <param name="plan">What to tell.</param>
    /// <param name="title">The log's name.</param>
    /// <param name="data">Where to keep the record; null keeps it in memory.</param>
    /// <param name="asOf">Instants to report.</param>
    /// <param name="progress">Told how many facts are done.</param>
    public static ReplayReport Run(ReplayPlan plan, string title, DataFolder? data, IReadOnlyList<DateTimeOffset> asOf, Action<long> progress)
    {
        var simulation = new Simulation(new SimulationOptions { Start = plan.Facts[0].At, AdvanceWhenWaiting = false });
        var key = data?.MasterKey() ?? new byte[32];
        var options = Town.JournalOptions(key, simulation.Clock, simulation.Scheduler) with { CommitsReachDisk = false };
        if (data is not null) File.Delete(data.Import);
        var journal = simulation.Run(() => SqliteJournal.OpenAsync(data?.Import ?? ":memory:", options).AsTask());
        ReplayReport report;
        try
        {
            using var host = Build(simulation, journal, key);
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            simulation.Run(() => DefineAsync(host.Services, grains, plan, title));
            Tell(plan, simulation, grains, progress);
            report = simulation.Run(() => new ReplayCounts(journal).ReportAsync(plan, asOf));
        }
        finally
        {
            simulation.Run(() => journal.DisposeAsync().AsTask());
        }

        if (data is not null) File.Move(data.Import, data.Database);
        return report;
    }

    private static IHost Build(Simulation simulation, IJournal journal, byte[] key)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddTown(journal, key);
        builder.AddGrains(simulation);
        return builder.Build();
    }

    private static async Task DefineAsync(IServiceProvider services, IGrainFactory grains, ReplayPlan plan, string title)
    {
        var town = new TownDefinition(
            new RegionDefinition(RegionCode, new LocalizedText(title, title)),
            [.. plan.Departments.Select(code => new DepartmentDefinition(code, new LocalizedText(code, code)))],
            [],
            []);
        await grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Define(Info("define"), town);
        services.GetRequiredService<Definitions>().Load(town);
    }

    private static void Tell(ReplayPlan plan, Simulation simulation, IGrainFactory grains, Action<long> progress)
    {
        var done = 0;
        while (done < plan.Facts.Count)
        {
            var at = plan.Facts[done].At;
            var until = done;
            while (until < plan.Facts.Count && plan.Facts[until].At == at) until++;

            // What is due at this very instant comes after what happens at it.
            simulation.AdvanceTo(at, inclusive: false);
            var (from, to) = (done, until);
            simulation.Run(async () =>
            {
                for (var i = from; i < to; i++)
                {
                    var fact = plan.Facts[i];
                    await grains.GetGrain<IApplicationGrain>(fact.Number).Report(Info(fact.Number), fact.Command);
                }
            });
            done = until;
            progress(done);
        }

        simulation.AdvanceTo(plan.Last, inclusive: true);
    }

    private static CommandInfo Info(string id) => new("system", id, "", MayRepeat: false, "system");
}
