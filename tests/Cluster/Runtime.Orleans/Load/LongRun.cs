using System.Diagnostics;
using System.Globalization;

namespace OneStop.Cluster.Tests;

/// <summary>What the long run is to do.</summary>
internal sealed record LongRunOptions
{
    /// <summary>Silo processes. Default: 3.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>Commands a second. Default: 300.</summary>
    public int Rate { get; init; } = 300;

    /// <summary>How long silos are killed. Default: 10 minutes.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time between two kills. Default: 30 s.</summary>
    public TimeSpan KillEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long PostgreSQL is away at the end; zero leaves it alone. Default: 20 s.</summary>
    public TimeSpan StoreAway { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Decides which silo dies next. Default: 1.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>Load on a cluster whose silos die, are replaced one after the other, and lose their store; then the count.</summary>
internal static class LongRun
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(LongRunOptions options, TextWriter say)
    {
        var (cluster, whyNot) = await RunningCluster.TryStartAsync(options.Silos, durable: true);
        if (cluster is null)
        {
            await say.WriteLineAsync("Not run: " + whyNot);
            return 2;
        }

        await using (cluster)
        {
            var phases = new List<(string Name, DateTimeOffset Start)>();
            await using var traffic = await Traffic.StartAsync(cluster.Addresses, options.Rate);
            await say.WriteLineAsync($"{options.Silos} silos serve {string.Join(", ", cluster.Addresses)}; {options.Rate} commands a second.");

            Enter("calm");
            await Task.Delay(Calm);
            Enter("killed");
            await KillAsync(cluster, options, say);
            Enter("calm again");
            await Task.Delay(Calm);
            Enter("rolling restart");
            for (var place = 0; place < cluster.Silos; place++)
            {
                var took = Stopwatch.GetTimestamp();
                await cluster.StopAsync(place);
                var stopped = Stopwatch.GetElapsedTime(took);
                await cluster.StartAsync(place);
                await say.WriteLineAsync(Text($"silo {place} stopped in {stopped.TotalSeconds:0.0} s, its successor served after {Stopwatch.GetElapsedTime(took).TotalSeconds:0.0} s"));
                await Task.Delay(TimeSpan.FromSeconds(5));
            }

            Enter("calm after it");
            await Task.Delay(Calm);
            if (options.StoreAway > TimeSpan.Zero)
            {
                Enter("store away");
                await cluster.Postgres.StopAsync();
                await Task.Delay(options.StoreAway);
                await cluster.Postgres.StartAsync();
                await Task.Delay(Calm);
            }

            await traffic.StopAsync();
            return await ReportAsync(cluster, traffic.Outcomes, phases, say);

            void Enter(string phase) => phases.Add((phase, DateTimeOffset.UtcNow));
        }
    }

    /// <summary>Kills a random silo, and starts another in its place, again and again.</summary>
    private static async Task KillAsync(RunningCluster cluster, LongRunOptions options, TextWriter say)
    {
        var random = new Random(options.Seed);
        var end = DateTimeOffset.UtcNow + options.Length;
        while (DateTimeOffset.UtcNow < end)
        {
            var next = DateTimeOffset.UtcNow + options.KillEvery;
            var place = random.Next(cluster.Silos);
            await cluster.KillAsync(place);
            var killed = Stopwatch.GetTimestamp();
            await say.WriteLineAsync(Text($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} silo {place} killed"));
            await Task.Delay(Calm);
            await cluster.StartAsync(place);
            await say.WriteLineAsync(Text($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} its replacement serves, {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s later"));
            if (next - DateTimeOffset.UtcNow is { } wait && wait > TimeSpan.Zero) await Task.Delay(wait);
        }
    }

    private static async Task<int> ReportAsync(
        RunningCluster cluster, IReadOnlyCollection<Outcome> outcomes, List<(string Name, DateTimeOffset Start)> phases, TextWriter say)
    {
        var audit = await Audit.OfAsync(cluster, outcomes);
        for (var i = 0; i < phases.Count; i++)
        {
            var end = i + 1 < phases.Count ? phases[i + 1].Start : DateTimeOffset.MaxValue;
            // A pause belongs to where it ended.
            var (from, to) = (phases[i].Start, end);
            var mine = outcomes.Where(o => o.SentAt + o.Took >= from && o.SentAt + o.Took < to).OrderBy(o => o.Took).ToArray();
            if (mine.Length == 0) continue;
            await say.WriteLineAsync(Text(
                $"{phases[i].Name,-16} {mine.Length,7} commands  p50 {At(0.5):0} ms  p99 {At(0.99):0} ms  p99.9 {At(0.999):0} ms  longest pause {mine[^1].Took.TotalSeconds:0.00} s"));
            await say.WriteLineAsync(Text($"    latest deadline delay {(await Audit.LatestDeadlineAsync(cluster, from, to)).TotalSeconds:0.00} s"));
            foreach (var slow in mine.TakeLast(3).Where(o => o.Took > TimeSpan.FromSeconds(1)))
                await say.WriteLineAsync(Text($"    {slow.SentAt:HH:mm:ss.fff} {slow.Kind} {slow.Took.TotalSeconds:0.00} s: {string.Join("; ", slow.Tries.Take(6))} -> {slow.Status}"));

            double At(double share) => mine[(int)((mine.Length - 1) * share)].Took.TotalMilliseconds;
        }

        foreach (var refused in outcomes.Where(o => !o.IsAcknowledged).GroupBy(o => (o.Kind, o.Status)))
            await say.WriteLineAsync($"refused          {refused.Count(),7} {refused.Key.Kind} {refused.Key.Status}: {refused.First().Body}");
        await say.WriteLineAsync(Text($"""
            commands acknowledged   {audit.Acknowledged}
            in the journal          {audit.InJournal}
            lost                    {audit.Lost}
            duplicates              {audit.Duplicates}
            tickets twice           {audit.TicketsTwice}
            red cards               {audit.Cards}
            cards missing           {audit.CardsMissing}
            cards double            {audit.CardsDouble}
            streams forked          {audit.Forked}
            failed answers          {audit.Failed}
            """));
        return audit.IsClean ? 0 : 1;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
