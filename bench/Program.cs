using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OneStop.Bench;
using OneStop.Grains.Catalogue;
using OneStop.Journal;
using OneStop.Silo.Hosting;
using OneStop.Silo.Sample;
using Orleans;
using Spectre.Console;

var seconds = new Option<double>("--seconds") { Description = "How long each figure is measured.", DefaultValueFactory = _ => 4 };
var json = new Option<string?>("--json") { Description = "File to write the figures to." };
var root = new RootCommand("OneStop's benchmarks: every figure of one run comes from the same machine in the same minutes.") { seconds, json };
root.SetAction(parsed => RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(json)));
return await root.Parse(args).InvokeAsync();

static async Task<int> RunAsync(TimeSpan duration, string? json)
{
    int[] writers = [1, 64, 512];
    var figures = new List<Figure>();
    await using var stores = await Stores.StartAsync();
    if (stores.NoPostgres is { } why) Console.WriteLine($"PostgreSQL is not measured: {why}");

    // Rules and grains are compiled on their way; that is no part of what a running town does in a second.
    await using (var journal = await stores.OpenAsync("SQLite"))
    {
        using var host = await StartAsync(journal);
        await CaseContract.ThroughGrainsAsync(host.Services.GetRequiredService<IGrainFactory>(), 64, duration);
        await host.StopAsync();
    }

    foreach (var store in stores.Names)
    {
        foreach (var count in writers)
        {
            await using (var journal = await stores.OpenAsync(store))
                figures.Add(new("append contract", store, count, await JournalContract.MeasureAsync(journal, count, duration)));

            IReadOnlyCollection<AppendRequest> captured;
            double through;
            await using (var journal = new CapturingJournal(await stores.OpenAsync(store)))
            {
                using var host = await StartAsync(journal);
                through = await CaseContract.ThroughGrainsAsync(host.Services.GetRequiredService<IGrainFactory>(), count, duration);
                await host.StopAsync();
                captured = journal.Requests;
            }

            double without;
            await using (var journal = await stores.OpenAsync(store))
                without = await CaseContract.WithoutGrainsAsync(journal, captured, count, duration);
            figures.Add(new("cases without grains", store, count, without));
            figures.Add(new("cases through grains", store, count, through) { OfWithout = through / without });
        }
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
    var table = new Table().AddColumns("what", "on", "callers", "a second", "of the same without grains");
    foreach (var f in figures)
    {
        table.AddRow(
            f.What,
            f.On,
            f.Callers.ToString(CultureInfo.InvariantCulture),
            f.PerSecond.ToString("N0", CultureInfo.InvariantCulture),
            f.OfWithout?.ToString("P0", CultureInfo.InvariantCulture) ?? "");
    }

    Console.WriteLine($"{Environment.ProcessorCount} cores, {GrainHosting.Runtime} runtime, every commit on disk.");
    AnsiConsole.Write(table);
}
