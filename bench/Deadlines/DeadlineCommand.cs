using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using OneStop.Journal;
using OneStop.Silo.Hosting;
using Spectre.Console;

namespace OneStop.Bench.Deadlines;

/// <summary>The durable clock with many open cases: memory, a backlog, ten thousand at one instant, and as many one by one.</summary>
internal static class DeadlineCommand
{
    public static Command Create(Option<string?> store, Option<string?> json, Func<IJournal, Task<IHost>> start)
    {
        var cases = new Option<int>("--cases") { Description = "Open cases in all.", DefaultValueFactory = _ => 100_000 };
        var due = new Option<int>("--due") { Description = "How many fall due in each part.", DefaultValueFactory = _ => 10_000 };
        var minutes = new Option<double>("--minutes") { Description = "Over how long the last part is spread.", DefaultValueFactory = _ => 10 };
        var command = new Command("deadlines", "Open cases whose deadlines come: memory a case, delay of the cards, order and number by SQL.") { cases, due, minutes, store, json };
        command.SetAction(async parsed =>
        {
            var (open, each) = (parsed.GetValue(cases), parsed.GetValue(due));
            if (each < 1 || open <= 3 * each)
            {
                await Console.Error.WriteLineAsync("--cases must be more than three times --due.");
                return 2;
            }

            var figures = new List<DeadlineFigure>();
            await using var stores = await Stores.StartAsync();
            foreach (var name in stores.Names.Where(name => parsed.GetValue(store) is not { } only || name == only))
            {
                var (journal, sql) = await stores.OpenWithSqlAsync(name);
                await using (var watch = new CardWatch(journal))
                {
                    var bench = new DeadlineBench(name, watch, sql, start, figures);
                    await bench.RunAsync(open, each, TimeSpan.FromMinutes(parsed.GetValue(minutes)));
                }
            }

            Print(figures);
            if (parsed.GetValue(json) is { } file) await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Figure.Json));
            return figures.Exists(f => f.Value > f.Most) ? 1 : 0;
        });
        return command;
    }

    private static void Print(List<DeadlineFigure> figures)
    {
        var table = new Table().AddColumns("what", "on", "value", "unit", "at most", "load average");
        foreach (var f in figures)
            table.AddRow(
                f.What, f.On, f.Value.ToString("#,0.##", CultureInfo.InvariantCulture), f.Unit, f.Most?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "",
                f.Load.ToString("0.0", CultureInfo.InvariantCulture));
        Console.WriteLine($"{Environment.ProcessorCount} cores, {GrainHosting.Runtime} runtime, every commit on disk.");
        AnsiConsole.Write(table);
    }
}

/// <summary>One figure of the durable clock.</summary>
/// <param name="What">What was measured.</param>
/// <param name="On">The store.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Most">The goal; null when there is none.</param>
public sealed record DeadlineFigure(string What, string On, double Value, string Unit, double? Most = null)
{
    /// <summary>The machine's load average of the last minute when it was measured; 0 where it is not known.</summary>
    public double Load { get; } = File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : 0;
}
