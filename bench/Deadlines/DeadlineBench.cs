using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Journal;
using OneStop.Silo.Sample;
using Orleans;

namespace OneStop.Bench.Deadlines;

/// <summary>
/// Fills a record with open cases and lets deadlines come in three parts: those that fell due while nobody ran, all at one
/// instant, and one by one over minutes. All sleep until then, as they do on the day a deadline comes.
/// </summary>
internal sealed class DeadlineBench(
    string store, CardWatch watch, Func<DbConnection> connect, Func<IJournal, Task<IHost>> start, List<DeadlineFigure> figures)
{
    private const int Callers = 256;
    private const double Goal = 5;
    private const double GoalOneByOne = 50;

    // A backlog came due one after the other, one each millisecond.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly CardSql sql = new(connect);

    /// <summary>Measures.</summary>
    /// <param name="cases">Open cases in all.</param>
    /// <param name="each">How many fall due in each part.</param>
    /// <param name="spread">How long the last part takes.</param>
    public async Task RunAsync(int cases, int each, TimeSpan spread)
    {
        var far = cases - (3 * each);
        var empty = Memory.Now();
        var (backlog, instant, first) = await FillRecordAsync(far, each, spread);
        await AsleepAsync(empty, cases);
        if (DateTimeOffset.UtcNow > backlog) throw new InvalidOperationException("Filling took longer than its rate told; the machine is too busy to measure.");
        var backlogEnd = backlog + (Between * each);
        await UntilAsync(backlogEnd + TimeSpan.FromSeconds(1));
        using (var host = await StartAsync(define: false))
        using (var stop = new CancellationTokenSource())
        {
            var (clock, looking) = (Stopwatch.StartNew(), LookAsync(host.Services, stop.Token));
            await ArriveAsync(backlog, backlogEnd, each);
            Say("backlog of an outage, until all are carded", clock.Elapsed.TotalSeconds, "s");
            await ExamineAsync("backlog", backlog, backlogEnd, each);
            Say("backlog, recorded before an older one by at most", (await sql.OutOfOrderAsync(backlog, backlogEnd)).TotalMilliseconds, "ms of being due");

            await UntilAsync(instant);
            await ArriveAsync(instant, instant, each);
            var delays = watch.Delays(instant, instant);
            Say("at one instant, until the last is durable", delays[^1].TotalSeconds, "s", Goal);
            Say("at one instant, until half are durable", delays[delays.Length / 2].TotalSeconds, "s");
            await ExamineAsync("at one instant", instant, instant, each);

            await UntilAsync(first + spread);
            await ArriveAsync(first, first + spread, each);
            delays = watch.Delays(first, first + spread);
            var over = string.Create(CultureInfo.InvariantCulture, $"one by one over {spread.TotalMinutes:0.#} min");
            Say(over + ", p50 until durable", delays[delays.Length / 2].TotalMilliseconds, "ms");
            Say(over + ", p99 until durable", delays[delays.Length * 99 / 100].TotalMilliseconds, "ms", GoalOneByOne);
            Say(over + ", the longest until durable", delays[^1].TotalMilliseconds, "ms");
            Say(over + ", p99 until decided, by SQL", (await sql.DecidedAfterAsync(first, first + spread)).TotalMilliseconds, "ms", GoalOneByOne);
            await ExamineAsync(over, first, first + spread, each);
            await AwakenAsync(Grains(host), Math.Min(far, each));
            await stop.CancelAsync();
            await looking;
            await host.StopAsync();
        }
    }

    // A method of its own: what the first host held is garbage when it returns.
    private async Task<(DateTimeOffset Backlog, DateTimeOffset Instant, DateTimeOffset First)> FillRecordAsync(int far, int each, TimeSpan spread)
    {
        const int notCounted = 2_000;
        using var host = await StartAsync(define: true);
        var grains = Grains(host);
        await FillAsync(grains, 0, Math.Min(far, notCounted));
        var (before, clock) = (Memory.Now(), Stopwatch.StartNew());
        await FillAsync(grains, notCounted, far);
        var perCase = clock.Elapsed / Math.Max(1, far - notCounted);
        Say("cases taken in and accepted", 1 / perCase.TotalSeconds, "cases/s");
        Say(before, Math.Max(1, far - notCounted), "awake, since it came in");
        // Nothing falls due before all of them are in and the host is stopped.
        var backlog = DateTimeOffset.UtcNow + (perCase * each * 6) + TimeSpan.FromSeconds(15);
        var instant = backlog + (Between * each) + TimeSpan.FromSeconds(60);
        var first = instant + TimeSpan.FromSeconds(20);
        await ReportAsync(grains, "B", each, i => backlog + (Between * i));
        await ReportAsync(grains, "I", each, _ => instant);
        await ReportAsync(grains, "S", each, i => first + (spread / each * i));
        await host.StopAsync();
        return (backlog, instant, first);
    }

    private static IGrainFactory Grains(IHost host) => host.Services.GetRequiredService<IGrainFactory>();

    private async Task<IHost> StartAsync(bool define)
    {
        var host = await start(watch);
        if (define) await Grains(host).GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Define(By("admin"), SampleTown.Read());
        await host.Services.GetRequiredService<Definitions>().ReadAsync(watch);
        return host;
    }

    private async Task AsleepAsync(Memory empty, int cases)
    {
        using var host = await StartAsync(define: false);
        await LookOnceAsync(Grains(host));
        Say(empty, cases, "asleep, with the durable clock awake");
        await host.StopAsync();
    }

    private async Task AwakenAsync(IGrainFactory grains, int cases)
    {
        var (before, clock) = (Memory.Now(), Stopwatch.StartNew());
        await EachAsync(0, cases, i => grains.GetGrain<IApplicationGrain>(NumberOf("F", i)).View());
        Say("cases awakened and shown", cases / clock.Elapsed.TotalSeconds, "cases/s");
        Say(before, cases, "awakened from the record");
    }

    private static Task FillAsync(IGrainFactory grains, int from, int to) => EachAsync(from, to, async i =>
    {
        var application = grains.GetGrain<IApplicationGrain>(NumberOf("F", i));
        await application.Receive(
            By("public"), Actor.Public, new Intake("shop-licence", "Bench", "ID-" + i.ToString(CultureInfo.InvariantCulture), null, "{}", [], Channel.Desk, "00000000"));
        await application.Execute(By("clerk1"), new Actor("clerk1", null, [Role.Clerk]), new AcceptApplication(), []);
    });

    private static Task ReportAsync(IGrainFactory grains, string part, int count, Func<int, DateTimeOffset> due) => EachAsync(0, count, async i =>
    {
        var item = ItemDefinition.Reported("outside", "market", new WorkingDays(20), "cn");
        await grains.GetGrain<IApplicationGrain>(NumberOf(part, i)).Report(By("system"), new ReportStart(NumberOf(part, i), item, DateTimeOffset.UtcNow, due(i)));
    });

    private static Task EachAsync(int from, int to, Func<int, Task> work)
    {
        var next = from - 1;
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < to;) await work(i);
        }));
    }

    // As the service does, whatever hints were told.
    // As every process does (Pulse): at its start the shards first gather what is overdue.
    private static async Task LookAsync(IServiceProvider services, CancellationToken stop)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        using (services.GetRequiredService<DeliveryTurns>().Gather())
        {
            await Task.WhenAll(Shards(grains).Select(shard => shard.Begin()));
        }

        while (!stop.IsCancellationRequested)
        {
            await LookOnceAsync(grains);
            await Task.Delay(Look, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private static Task LookOnceAsync(IGrainFactory grains) => Task.WhenAll(Shards(grains).Select(shard => shard.Look()));

    private static IEnumerable<IDeadlineGrain> Shards(IGrainFactory grains) =>
        Enumerable.Range(0, IDeadlineGrain.Shards).Select(shard => grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard)));

    private static async Task UntilAsync(DateTimeOffset instant)
    {
        if (instant - DateTimeOffset.UtcNow is { Ticks: > 0 } left) await Task.Delay(left);
    }

    private async Task ArriveAsync(DateTimeOffset from, DateTimeOffset to, int expected)
    {
        var clock = Stopwatch.StartNew();
        while (watch.Delays(from, to).Length < expected)
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(2)) throw new InvalidOperationException($"Of {expected} cards {await sql.CountAsync(from, to)} came.");
            await Task.Delay(50);
        }
    }

    private async Task ExamineAsync(string part, DateTimeOffset from, DateTimeOffset to, int expected)
    {
        var (cards, cases) = (await sql.CountAsync(from, to), await sql.CasesAsync(from, to));
        if (cards != expected || cases != expected) throw new InvalidOperationException($"{part}: {cards} cards of {cases} cases instead of {expected}.");
        Say(part + ", cards and cases by SQL", cards, "each once");
    }

    private void Say(Memory before, int cases, string how)
    {
        var now = Memory.Now();
        Say($"heap of a case {how}", (now.Heap - before.Heap) / (double)cases, "bytes");
        Say($"working set of a case {how}", (now.WorkingSet - before.WorkingSet) / (double)cases, "bytes");
    }

    private void Say(string what, double value, string unit, double? most = null)
    {
        figures.Add(new(what, store, value, unit, most));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store}: {what}: {value:#,0.##} {unit} (load {figures[^1].Load:0.0})"));
    }

    private static string NumberOf(string part, int i) => string.Create(CultureInfo.InvariantCulture, $"{part}{i:D8}");

    private static CommandInfo By(string actor) => new(actor, "", "", MayRepeat: false, actor);

    /// <summary>What the process holds when all that is dead is collected.</summary>
    private readonly record struct Memory(long Heap, long WorkingSet)
    {
        public static Memory Now()
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            return new(GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
        }
    }
}
