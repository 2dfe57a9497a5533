using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OneStop.Bench;
using OneStop.Bench.Deadlines;
using OneStop.Bench.Halls;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Journal;
using OneStop.Silo.Hosting;
using OneStop.Silo.Sample;
using Orleans;
using Spectre.Console;

var seconds = new Option<double>("--seconds") { Description = "How long each window is.", DefaultValueFactory = _ => 2 };
var rounds = new Option<int>("--rounds") { Description = "How many windows each figure is the median of.", DefaultValueFactory = _ => 5 };
var store = new Option<string?>("--store") { Description = "Only this store: SQLite or PostgreSQL." };
var callers = new Option<int[]>("--callers") { Description = "How many work at the same time.", DefaultValueFactory = _ => [1, 64, 512], AllowMultipleArgumentsPerToken = true };
var json = new Option<string?>("--json") { Description = "File to write the figures to." };
var root = new RootCommand("OneStop's benchmarks: every figure of one run comes from the same machine in the same minutes.") { seconds, rounds, store, callers, json };
var stockTables = new Option<string?>("--stock")
{
    Description = "An Npgsql connection string: compare with Orleans' storage on the tables that its own scripts made there. Default: on the tables of our script.",
};
root.Options.Add(stockTables);
root.Subcommands.Add(HallCommand(json));
root.Subcommands.Add(ReplanCommand(store, json));
root.Subcommands.Add(DeadlineCommand.Create(store, json, StartAsync));
root.SetAction(parsed => RunAsync(
    TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds), parsed.GetValue(store), parsed.GetValue(callers)!, parsed.GetValue(stockTables), parsed.GetValue(json)));
return await root.Parse(args).InvokeAsync();

static Command HallCommand(Option<string?> json)
{
    var seconds = new Option<double>("--seconds") { Description = "How long each window is.", DefaultValueFactory = _ => 60 };
    var clerks = new Option<int>("--clerks") { Description = "Counters that call.", DefaultValueFactory = _ => 60 };
    var visitors = new Option<int>("--visitors") { Description = "Visitors at the same time.", DefaultValueFactory = _ => 140 };
    var rate = new Option<int>("--rate") { Description = "Clerks' commands a second.", DefaultValueFactory = _ => 200 };
    var command = new Command("hall", "The hall over HTTP with a display, beside one table of PostgreSQL.") { seconds, clerks, visitors, rate, json };
    command.SetAction(async parsed =>
    {
        var figures = await HallBench.RunAsync(
            TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(clerks), parsed.GetValue(visitors), parsed.GetValue(rate));
        if (parsed.GetValue(json) is { } file) await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Figure.Json));
    });
    return command;
}

static Command ReplanCommand(Option<string?> store, Option<string?> json)
{
    var cases = new Option<int>("--cases") { Description = "Running cases.", DefaultValueFactory = _ => 20_000 };
    var rounds = new Option<int>("--rounds") { Description = "How many days are declared off, one after the other.", DefaultValueFactory = _ => 3 };
    var command = new Command("replan", "How many running cases a second are planned again after their calendar changed.") { cases, rounds, store, json };
    command.SetAction(async parsed =>
    {
        var figures = new List<Figure>();
        await using var stores = await Stores.StartAsync();
        foreach (var name in stores.Names.Where(name => parsed.GetValue(store) is not { } only || name == only))
        {
            await using var journal = await stores.OpenAsync(name);
            using var filling = await StartAsync(journal);
            var catalogue = filling.Services.GetRequiredService<IGrainFactory>().GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);
            await catalogue.Define(new CommandInfo("admin", "town", "", MayRepeat: false, "admin"), SampleTown.Read());
            figures.Add(new("cases taken in and accepted", name, 64, await ReplanBench.FillAsync(filling.Services.GetRequiredService<IGrainFactory>(), parsed.GetValue(cases))));
            await filling.StopAsync();
            // Another host over the same record: every case is asleep, as after a weekend.
            using var host = await StartAsync(journal);
            await host.Services.GetRequiredService<Definitions>().ReadAsync(journal);
            var measured = new List<double>();
            for (var i = 0; i < parsed.GetValue(rounds); i++)
                measured.Add(await ReplanBench.MeasureAsync(host.Services.GetRequiredService<IGrainFactory>(), parsed.GetValue(cases), workday: 2 + i));
            figures.Add(new("cases planned again", name, 64, Median(measured)));
            await host.StopAsync();
        }

        Print(figures);
        if (parsed.GetValue(json) is { } file) await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Figure.Json));
    });
    return command;
}

static async Task<int> RunAsync(TimeSpan window, int rounds, string? only, int[] callers, string? stockTables, string? json)
{
    var figures = new List<Figure>();
    await using var stores = await Stores.StartAsync();
    if (stores.NoPostgres is { } why) Console.WriteLine($"PostgreSQL is not measured: {why}");

    foreach (var store in stores.Names.Where(name => only is null || name == only))
    {
        await using var bare = await stores.OpenAsync(store);
        await using var captured = new CapturingJournal(await stores.OpenAsync(store));
        using var host = await StartAsync(captured);
        var grains = host.Services.GetRequiredService<IGrainFactory>();

        await WarmUp.UntilCompiledAsync(() => RoundAsync(bare, captured, grains, 64, window));
        foreach (var count in callers)
        {
            var measured = new List<Round>();
            for (var i = 0; i < rounds; i++) measured.Add(await RoundAsync(bare, captured, grains, count, window));
            figures.Add(new("append contract", store, count, Median(measured.Select(round => round.Contract))));
            figures.Add(new("cases without grains", store, count, Median(measured.Select(round => round.Without))));
            figures.Add(new("cases through grains", store, count, Median(measured.Select(round => round.Through)))
            {
                OfWithout = Median(measured.Select(round => round.Through / round.Without)),
            });
        }

        if (await stores.StartStockAsync(store, stockTables) is { } stock)
        {
            await using (stock) figures.AddRange(await AgainstStockAsync(stock, bare, captured, grains, rounds, window));
        }

        await host.StopAsync();
    }

    await using (var journal = await stores.OpenAsync("SQLite"))
    {
        using var host = await StartAsync(journal);
        var calls = await GrainCallRate.MeasureAsync(host.Services.GetRequiredService<IGrainFactory>());
        figures.Add(new("grain calls over 64 grains", GrainHosting.Runtime, 512, calls.CallsPerSecond));
        await host.StopAsync();
    }

    Print(figures);
    if (json is not null) await File.WriteAllTextAsync(json, JsonSerializer.Serialize(figures, Figure.Json));
    return 0;
}

// The windows of a round lie next to each other, so that what else the machine does weighs on all of them.
static async Task<Round> RoundAsync(IJournal bare, CapturingJournal captured, IGrainFactory grains, int callers, TimeSpan window)
{
    var contract = await JournalContract.MeasureAsync(bare, callers, window);
    var appends = await captured.DuringAsync(() => CaseContract.ThroughGrainsAsync(grains, callers, window));
    var through = await CaseContract.ThroughGrainsAsync(grains, callers, window);
    return new(contract, through, Without: await CaseContract.WithoutGrainsAsync(bare, appends, callers, window));
}

// The usual way to make grains durable, next to ours: the same payloads, as the grain's state and nothing else.
static async Task<Figure[]> AgainstStockAsync(StockStorage stock, IJournal bare, CapturingJournal captured, IGrainFactory grains, int rounds, TimeSpan window)
{
    const int callers = 64;
    await RoundAsync(bare, captured, grains, callers, window);
    var payloads = CaseContract.PayloadsOfACase(await captured.DuringAsync(() => CaseContract.ThroughGrainsAsync(grains, callers, window)));
    await stock.MeasureAsync(payloads, callers, window);
    var (ours, theirs) = (new double[rounds], new double[rounds]);
    for (var i = 0; i < rounds; i++)
    {
        ours[i] = await CaseContract.ThroughGrainsAsync(grains, callers, window);
        theirs[i] = await stock.MeasureAsync(payloads, callers, window);
    }

    return
    [
        new("state only, stock ADO.NET storage", "PostgreSQL", callers, Median(theirs)),
        new("cases through grains, beside it", "PostgreSQL", callers, Median(ours)) { TimesStock = Median(ours.Zip(theirs, (o, t) => o / t)) },
    ];
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

static async Task<IHost> StartAsync(IJournal journal)
{
    var builder = Host.CreateEmptyApplicationBuilder(null);
    builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddTown(journal, new byte[32]);
    builder.AddGrains();
    Bench.AddEchoGrain(builder);
    var host = builder.Build();
    host.Services.GetRequiredService<Definitions>().Load(SampleTown.Read());
    await host.StartAsync();
    return host;
}

static void Print(List<Figure> figures)
{
    var table = new Table().AddColumns("what", "on", "callers", "a second", "of the same without grains", "times the stock storage");
    foreach (var f in figures)
    {
        table.AddRow(
            f.What,
            f.On,
            f.Callers.ToString(CultureInfo.InvariantCulture),
            f.PerSecond.ToString("N0", CultureInfo.InvariantCulture),
            f.OfWithout?.ToString("P0", CultureInfo.InvariantCulture) ?? "",
            f.TimesStock?.ToString("N1", CultureInfo.InvariantCulture) ?? "");
    }

    Console.WriteLine($"{Environment.ProcessorCount} cores, {GrainHosting.Runtime} runtime, every commit on disk.");
    AnsiConsole.Write(table);
}

/// <summary>What was done a second in the windows of one round.</summary>
internal readonly record struct Round(double Contract, double Through, double Without);
