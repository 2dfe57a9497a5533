using Microsoft.Extensions.DependencyInjection;
using OneStop.EmbeddedRuntime;
using Orleans;
using Orleans.Runtime;

namespace OneStop.Runtime.Conformance;

public interface IGossipGrain : IGrainWithStringKey
{
    /// <summary>Tells it on to others, at intervals, and logs what it hears.</summary>
    Task Hear(string run, int depth);
}

public sealed class GossipGrain(TimeProvider clock) : Grain, IGossipGrain
{
    private IGrainTimer? _timer;

    public async Task Hear(string run, int depth)
    {
        Signals.Log(run, $"{this.GetPrimaryKeyString()} {depth} {clock.GetUtcNow():mm:ss.fff}");
        _timer ??= this.RegisterGrainTimer(
            () =>
            {
                Signals.Log(run, $"{this.GetPrimaryKeyString()} tick {clock.GetUtcNow():mm:ss.fff}");
                return Task.CompletedTask;
            },
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1));
        if (depth == 0)
        {
            return;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(10 * depth), clock);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => GrainFactory.GetGrain<IGossipGrain>($"{depth}-{i}").Hear(run, depth - 1)));
    }
}

public sealed class SimulationTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static int s_runs;

    [Fact]
    public void The_same_seed_gives_the_same_run_to_the_last_turn()
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var (first, second) = (Gossip(seed), Gossip(seed));
            Assert.Equal(first.Log, second.Log);
            Assert.Equal(first.Hash, second.Hash);
            Assert.Equal(first.Turns, second.Turns);
        }
    }

    [Fact]
    public void Another_seed_gives_another_order_of_the_same_calls()
    {
        var runs = Enumerable.Range(1, 5).Select(seed => Gossip((ulong)seed)).ToList();

        Assert.Equal(runs.Count, runs.Select(r => string.Join(';', r.Log)).Distinct().Count());
        Assert.Single(runs.Select(r => string.Join(';', Calls(r.Log).Order(StringComparer.Ordinal))).Distinct());
    }

    [Fact]
    public void Without_a_seed_the_oldest_comes_first()
    {
        var simulation = new Simulation();
        var order = new List<int>();

        simulation.Run(() => Task.WhenAll(Enumerable.Range(0, 5).Select(i => simulation.Start(() =>
        {
            order.Add(i);
            return Task.CompletedTask;
        }))));

        Assert.Equal([0, 1, 2, 3, 4], order);
    }

    [Fact]
    public void Everything_runs_on_the_thread_that_drives()
    {
        var threads = new HashSet<int>();
        var (simulation, client) = Build(seed: 3);

        simulation.Run(async () =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await client.GetGrain<ITurnGrain>("one").AddSlowly();
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.Delay(TimeSpan.FromMinutes(5), simulation.Clock);
            threads.Add(Environment.CurrentManagedThreadId);
        });

        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void The_clock_stands_at_an_instant_before_what_is_due_then_or_after_it_as_asked()
    {
        var simulation = new Simulation(new() { Start = s_start });
        var fired = new List<string>();
        var noon = s_start.AddHours(3);
        foreach (var (name, hours) in new[] { ("before", 2), ("at", 3), ("after", 4) })
        {
            _ = simulation.Start(async () =>
            {
                await Task.Delay(TimeSpan.FromHours(hours), simulation.Clock);
                fired.Add(name);
            });
        }

        simulation.AdvanceTo(noon, inclusive: false);
        Assert.Equal(noon, simulation.Clock.GetUtcNow());
        Assert.Equal(["before"], fired);
        simulation.RunUntilIdle();
        Assert.Equal(["before"], fired);

        simulation.AdvanceTo(noon);
        Assert.Equal(["before", "at"], fired);
        Assert.Equal(noon, simulation.Clock.GetUtcNow());
    }

    [Fact]
    public void Everything_set_off_at_an_instant_runs_before_the_clock_moves_on()
    {
        var simulation = new Simulation(new() { Start = s_start, Seed = 1 });
        var seen = new List<double>();
        _ = simulation.Start(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            for (var i = 0; i < 100; i++)
            {
                await Task.Yield();
            }

            seen.Add((simulation.Clock.GetUtcNow() - s_start).TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            seen.Add((simulation.Clock.GetUtcNow() - s_start).TotalSeconds);
        });

        simulation.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public void A_run_that_can_never_end_says_what_waits()
    {
        var (simulation, client) = Build(seed: 1);

        var stalled = Assert.Throws<SimulationStalledException>(() => simulation.Run(() => client.GetGrain<IProbeGrain>("stuck").Work("for ever")));

        Assert.Contains(stalled.Waiting, w => w.StartsWith("probe/stuck", StringComparison.Ordinal) && w.Contains("Work", StringComparison.Ordinal));
    }

    [Fact]
    public void A_timer_that_ticks_for_ever_does_not_hide_a_stall()
    {
        var (simulation, client) = Build(seed: 1);

        Assert.Throws<SimulationStalledException>(() => simulation.Run(async () =>
        {
            await client.GetGrain<IGossipGrain>("ticks").Hear("ticks", 0);
            await new TaskCompletionSource().Task;
        }));
    }

    [Fact]
    public void A_runs_exception_is_thrown_as_it_is()
    {
        var (simulation, client) = Build(seed: 1);

        Assert.Equal(3, Assert.Throws<WrongStateException>(() => simulation.Run(() => client.GetGrain<IThrowingGrain>("throws").ThrowAtOnce(3))).State);
    }

    [Fact]
    public void Work_that_leaves_the_simulation_unannounced_is_reported()
    {
        var simulation = new Simulation(new() { StallGrace = TimeSpan.FromSeconds(30) });

        Assert.Throws<SimulationLeakException>(() => simulation.Run(async () => await Task.Run(static () => { })));
    }

    [Fact]
    public void Announced_work_outside_of_the_simulation_holds_the_clock()
    {
        var simulation = new Simulation(new() { Start = s_start });

        var at = simulation.Run(async () =>
        {
            var tick = Task.Delay(TimeSpan.FromSeconds(1), simulation.Clock);
            var outside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var hold = simulation.HoldClock();
            new Thread(() =>
            {
                outside.SetResult();
                hold.Dispose();
            }).Start();
            await outside.Task;
            Assert.False(tick.IsCompleted);
            return simulation.Clock.GetUtcNow();
        });

        Assert.Equal(s_start, at);
    }

    // Who heard what, without the instants: they depend on the order.
    private static IEnumerable<string> Calls(string[] log) =>
        log.Where(l => !l.Contains("tick", StringComparison.Ordinal)).Select(l => l[..l.LastIndexOf(' ')]);

    [Fact]
    public void A_hosts_services_start_and_stop_inside_of_the_simulation()
    {
        var simulation = new Simulation(new() { Seed = 1 });
        using var host = ConformanceTest.Build(silo => silo.UseSimulation(simulation));

        simulation.StartServices(host);
        var grain = host.Services.GetRequiredService<IClusterClient>().GetGrain<ILifeGrain>("simulated");
        simulation.Run(grain.Number);
        simulation.StopServices(host);

        Assert.Equal("deactivating ShuttingDown", Signals.Logged("simulated")[^1]);
        Assert.Throws<SiloUnavailableException>(() => simulation.Run(grain.Number));
    }

    private static (string[] Log, ulong Hash, long Turns) Gossip(ulong seed)
    {
        var run = $"gossip {Interlocked.Increment(ref s_runs)}";
        var (simulation, client) = Build(seed);
        simulation.Run(() => client.GetGrain<IGossipGrain>("first").Hear(run, 4));
        simulation.Advance(TimeSpan.FromSeconds(5));
        return (Signals.Logged(run), simulation.Scheduler.TraceHash, simulation.Scheduler.Turns);
    }

    private static (Simulation Simulation, IClusterClient Client) Build(ulong seed)
    {
        var simulation = new Simulation(new() { Seed = seed, Start = s_start, Horizon = TimeSpan.FromMinutes(10) });
        return (simulation, ConformanceTest.Build(silo => silo.UseSimulation(simulation)).Services.GetRequiredService<IClusterClient>());
    }
}
