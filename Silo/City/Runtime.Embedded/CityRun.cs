using OneStop.Domain.Calendars;
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
using Orleans.Configuration;

namespace OneStop.Silo.City;

/// <summary>Runs a year of the city through the system's own grains under virtual time; deadlines fire by the durable clock in between.</summary>
internal sealed class CityRun
{
    // By then whatever a clock of the last cases still gives (cards to be explained, the ladder) is recorded.
    private static readonly TimeSpan Afterwards = TimeSpan.FromDays(60);

    // In a thinned year hours lie between two cases, and a board that wakes counts every department again.
    private static readonly TimeSpan Awake = TimeSpan.FromDays(7);

    private readonly PriorityQueue<(CityCase Case, CityAct Act), (DateTimeOffset At, long Order)> plans = new();
    private readonly CityHours hours;
    private readonly CityTally tally;
    private readonly CityYear year;
    private readonly Simulation simulation;
    private long order;

    private CityRun(CityYear year, WorkingCalendar calendar)
    {
        (this.year, hours, tally) = (year, new(calendar), new(calendar));
        simulation = new Simulation(new SimulationOptions { Start = calendar.StartOf(new DateOnly(year.Year, 1, 1)), AdvanceWhenWaiting = false });
    }

    /// <summary>Runs it.</summary>
    /// <param name="year">What to run.</param>
    /// <param name="data">Where to keep the record.</param>
    /// <param name="progress">Told how many cases have ended.</param>
    public static CityReport Run(CityYear year, DataFolder data, Action<long> progress) =>
        new CityRun(year, PublishedCalendars.China()).Run(data, progress);

    private CityReport Run(DataFolder data, Action<long> progress)
    {
        var key = data.MasterKey();
        File.Delete(data.Import);
        var options = Town.JournalOptions(key, simulation.Clock, simulation.Scheduler) with { CommitsReachDisk = false };
        var journal = simulation.Run(() => SqliteJournal.OpenAsync(data.Import, options).AsTask());
        try
        {
            using var host = Build(journal, key);
            var town = CityCatalogue.Of(year.Seed);
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            simulation.Run(() => DefineAsync(host.Services, grains, journal, town));
            Live(town, grains, progress);
        }
        finally
        {
            simulation.Run(() => journal.DisposeAsync().AsTask());
        }

        File.Move(data.Import, data.Database);
        return tally.Report();
    }

    private IHost Build(IJournal journal, byte[] key)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddTown(journal, key);
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(tally);
        builder.AddGrains(simulation);
        builder.Services.Configure<GrainCollectionOptions>(options => options.CollectionAge = Awake);
        return builder.Build();
    }

    private static async Task DefineAsync(IServiceProvider services, IGrainFactory grains, IJournal journal, TownDefinition town)
    {
        await grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Define(new CommandInfo("system", "city", "", MayRepeat: false, "system"), town);
        await services.GetRequiredService<Definitions>().ReadAsync(journal);
    }

    private void Live(TownDefinition town, IGrainFactory grains, Action<long> progress)
    {
        var random = new Random(year.Seed);
        var demand = new CityDemand(town, random);
        var arrivals = hours.Arrivals(year.Year, year.Cases, random);
        for (var next = 0; next < arrivals.Length || plans.Count > 0;)
        {
            if (next < arrivals.Length && (!plans.TryPeek(out _, out var first) || arrivals[next] <= first.At))
            {
                var opened = new CityCase(year.Seed, next, demand.Next(), hours, Plan);
                Plan(arrivals[next++], opened, new CityAct(CityActKind.Receive, null));
            }

            plans.TryDequeue(out var plan, out var due);
            simulation.AdvanceTo(due.At);
            simulation.Run(() => plan.Case.DoAsync(number => grains.GetGrain<IApplicationGrain>(number), plan.Act, due.At));
            if (plan.Act.Kind == CityActKind.Receive) tally.Received(plan.Case, due.At);
            if (tally.Closed(plan.Case)) progress(tally.Ended);
        }

        simulation.Advance(Afterwards);
    }

    private void Plan(DateTimeOffset at, CityCase of, CityAct act) => plans.Enqueue((of, act), (at, order++));
}
