using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OneStop.Tests;
using Spectre.Console;

namespace OneStop.Bench.Halls;

/// <summary>
/// The hall under load: clerks who call and finish, visitors who take tickets and look at them, and a display. Ours over
/// HTTP with a program of its own for each store, and beside it the usual design over a table of PostgreSQL.
/// </summary>
public static class HallBench
{
    /// <summary>Runs it and prints the figures.</summary>
    /// <param name="duration">How long each window is.</param>
    /// <param name="clerks">How many counters.</param>
    /// <param name="visitors">How many visitors send requests at the same time.</param>
    /// <param name="rate">Clerks' commands a second.</param>
    public static async Task<IReadOnlyList<HallFigure>> RunAsync(TimeSpan duration, int clerks, int visitors, int rate)
    {
        var figures = new List<HallFigure>();
        var (postgres, whyNot) = await PostgresServer.TryStartAsync(durable: true);
        if (postgres is null) Console.WriteLine($"PostgreSQL is not measured: {whyNot}");
        await using var stop = postgres;
        foreach (var store in postgres is null ? ["SQLite"] : new[] { "SQLite", "PostgreSQL" })
        {
            await using var server = await HallServer.StartAsync(clerks, store == "SQLite" ? null : await postgres!.CreateSchemaAsync());
            await using var display = await Display.WatchAsync(server.Address);
            var workload = new HttpWorkload(server, display);
            await workload.RunAsync(TimeSpan.FromSeconds(3), clerks, visitors, rate);
            figures.Add((await workload.RunAsync(duration, clerks, visitors, rate)).FigureOf("OneStop over HTTP", store) with { Simulation = await workload.SimulationAsync() });
        }

        if (postgres is not null)
        {
            await using var table = await TicketTable.StartAsync(await postgres.CreateSchemaAsync());
            await table.RunAsync(TimeSpan.FromSeconds(3), clerks, visitors, rate);
            figures.Add((await table.RunAsync(duration, clerks, visitors, rate)).FigureOf("one table, SKIP LOCKED, no HTTP", "PostgreSQL"));
        }

        Print(figures, clerks, visitors, rate);
        return figures;
    }

    private static void Print(List<HallFigure> figures, int clerks, int visitors, int rate)
    {
        var table = new Table().AddColumns(
            "what (ms)", "on", "cmd/s", "req/s", "call p50", "p99", "shown p50", "p99", "twice", "lost", "not shown", "refused", "simulation");
        foreach (var f in figures)
        {
            table.AddRow(
                f.What, f.On, N(f.CommandsPerSecond), N(f.RequestsPerSecond), N(f.CallP50), N(f.CallP99), N(f.DisplayP50), N(f.DisplayP99),
                N(f.CalledTwice), N(f.Lost), N(f.NotShown), N(f.Refused), N(f.Simulation));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores for all of it; {clerks} clerks and {visitors} visitors at once, {rate} clerks' commands a second wanted."));
        AnsiConsole.Write(table);
    }

    private static string N(double? value) => value?.ToString("N1", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>One figure of the hall's bench.</summary>
public sealed record HallFigure(
    string What,
    string On,
    double CommandsPerSecond,
    double RequestsPerSecond,
    double CallP50,
    double CallP99,
    double? DisplayP50,
    double? DisplayP99,
    int CalledTwice,
    int Lost,
    int NotShown,
    int Refused)
{
    /// <summary>Mean milliseconds of one simulation of the waits. Default: there is none.</summary>
    public double? Simulation { get; init; }
}

/// <summary>What a window saw.</summary>
public sealed class HallLog
{
    private readonly ConcurrentBag<double> calls = [];
    private readonly ConcurrentBag<double> shown = [];
    private readonly ConcurrentDictionary<string, int> called = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan? ended;
    private int commands;
    private int requests;
    private int refused;
    private int missing;
    private int unseen;

    /// <summary>A clerk called a ticket; null when nobody waited.</summary>
    public void Called(string? ticket, TimeSpan took)
    {
        Command();
        calls.Add(took.TotalMilliseconds);
        if (ticket is not null) called.AddOrUpdate(ticket, 1, (_, times) => times + 1);
    }

    /// <summary>A clerk's command was carried out.</summary>
    public void Command()
    {
        Interlocked.Increment(ref commands);
        Request();
    }

    /// <summary>A request was answered.</summary>
    public void Request() => Interlocked.Increment(ref requests);

    /// <summary>A request was refused.</summary>
    public void Refuse() => Interlocked.Increment(ref refused);

    /// <summary>A call was seen on the display so long after the click.</summary>
    public void Shown(TimeSpan after) => shown.Add(after.TotalMilliseconds);

    /// <summary>A ticket is nowhere.</summary>
    public void Lose() => Interlocked.Increment(ref missing);

    /// <summary>A call was over before the display saw it.</summary>
    public void Miss() => Interlocked.Increment(ref unseen);

    /// <summary>The window ends; what follows only settles what it began.</summary>
    public void End() => ended = clock.Elapsed;

    /// <summary>Sums up.</summary>
    public HallFigure FigureOf(string what, string on)
    {
        var seconds = (ended ?? clock.Elapsed).TotalSeconds;
        return new HallFigure(
            what, on, commands / seconds, requests / seconds, Quantile(calls, 0.5) ?? 0, Quantile(calls, 0.99) ?? 0,
            Quantile(shown, 0.5), Quantile(shown, 0.99), called.Values.Count(times => times > 1), missing, unseen, refused);
    }

    private static double? Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }
}
