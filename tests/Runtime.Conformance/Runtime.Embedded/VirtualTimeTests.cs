using System.Diagnostics;
using OneStop.EmbeddedRuntime;

namespace OneStop.Runtime.Conformance;

public sealed class VirtualTimeTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void The_clock_stands_until_it_is_moved()
    {
        var clock = new VirtualTimeProvider(s_start);

        Assert.Equal(s_start, clock.GetUtcNow());
        clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(s_start.AddHours(2), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(2), clock.GetElapsedTime(0));
        Assert.Equal(TimeZoneInfo.Utc, clock.LocalTimeZone);
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_instants_and_at_one_instant_in_the_order_of_their_making()
    {
        var clock = new VirtualTimeProvider(s_start);
        var fired = new List<string>();
        foreach (var (name, minutes) in new[] { ("c", 3), ("a", 1), ("b1", 2), ("b2", 2), ("b3", 2) })
        {
            clock.CreateTimer(_ => fired.Add($"{name} {clock.GetUtcNow() - s_start:mm}"), null, TimeSpan.FromMinutes(minutes), Timeout.InfiniteTimeSpan);
        }

        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["a 01", "b1 02", "b2 02", "b3 02"], fired);
        Assert.Equal(s_start.AddMinutes(3), clock.NextDue);

        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("c 03", fired[^1]);
        Assert.Null(clock.NextDue);
    }

    [Fact]
    public void A_periodic_timer_fires_at_each_of_its_instants_until_it_is_changed_or_disposed()
    {
        var clock = new VirtualTimeProvider(s_start);
        var fired = new List<double>();
        var timer = clock.CreateTimer(_ => fired.Add((clock.GetUtcNow() - s_start).TotalSeconds), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(6));
        timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(60));
        timer.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        timer.Dispose();
        clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal([1, 3, 5, 16], fired);
    }

    [Fact]
    public void A_timer_disposed_by_another_at_the_same_instant_does_not_fire()
    {
        var clock = new VirtualTimeProvider(s_start);
        ITimer? second = null;
        var fired = new List<int>();
        clock.CreateTimer(_ => { fired.Add(1); second!.Dispose(); }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        second = clock.CreateTimer(_ => fired.Add(2), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([1], fired);
    }

    [Fact]
    public void The_clock_does_not_go_back()
    {
        var clock = new VirtualTimeProvider(s_start);

        Assert.Throws<ArgumentOutOfRangeException>(() => clock.AdvanceTo(s_start.AddTicks(-1)));
    }

    [Fact]
    public void Delays_timeouts_and_periodic_timers_of_the_platform_follow_the_clock()
    {
        var simulation = new Simulation(new() { Start = s_start });
        var clock = simulation.Clock;
        var seen = new List<string>();
        void See(string what) => seen.Add($"{what} {(clock.GetUtcNow() - s_start).TotalSeconds}");

        simulation.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5), clock);
            See("delay");
            using var source = new CancellationTokenSource(TimeSpan.FromSeconds(7), clock);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.InfiniteTimeSpan, clock, source.Token));
            See("cancelled");
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), clock);
            await timer.WaitForNextTickAsync();
            See("tick");
            await timer.WaitForNextTickAsync();
            See("tick");
            await Assert.ThrowsAsync<TimeoutException>(() => new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(1), clock));
            See("timeout");
        });

        Assert.Equal(["delay 5", "cancelled 12", "tick 22", "tick 32", "timeout 33"], seen);
    }

    [Fact]
    public void A_hundred_thousand_timers_are_no_burden()
    {
        var simulation = new Simulation(new() { Start = s_start });
        var fired = 0;
        var watch = Stopwatch.StartNew();

        var all = simulation.Start(() => Task.WhenAll(Enumerable.Range(0, 100_000).Select(async i =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1 + (i * 7919L % 100_000)), simulation.Clock);
            fired++;
        })));
        simulation.Advance(TimeSpan.FromSeconds(100));

        Assert.True(all.IsCompletedSuccessfully);
        Assert.Equal(100_000, fired);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"100,000 timers took {watch.Elapsed}.");
    }
}
