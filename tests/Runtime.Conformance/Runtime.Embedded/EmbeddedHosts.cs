using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OneStop.EmbeddedRuntime;
using Orleans;
using Orleans.Hosting;

namespace OneStop.Runtime.Conformance;

public abstract partial class ConformanceTest
{
    private static readonly ulong?[] s_seeds = [null, 1, 2, 3, 4, 5, 6, 7, 8];

    /// <summary>On the thread pool, and in simulations of several orders.</summary>
    protected static async Task RunAsync(Func<TestHost, Task> body)
    {
        await using (var threads = new ThreadPoolHost())
        {
            await body(threads);
        }

        foreach (var seed in s_seeds)
        {
            using var simulated = new SimulatedHost(seed);
            simulated.Run(() => body(simulated));
        }
    }

    internal static IHost Build(Action<ISiloBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering().AddMemoryStreams(Streams).AddMemoryGrainStorage("PubSubStore");
            LoggingFilter.Register(silo);
            configure(silo);
        });
        return builder.Build();
    }
}

/// <summary>Turns on the thread pool, under a clock that a real timer keeps going.</summary>
internal sealed class ThreadPoolHost : TestHost, IAsyncDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);
    private readonly VirtualTimeProvider _clock = new();
    private readonly IHost _host;
    private readonly Timer _pace;

    public ThreadPoolHost()
    {
        _host = ConformanceTest.Build(silo => silo.Services.AddSingleton<TimeProvider>(_clock));
        Client = _host.Services.GetRequiredService<IClusterClient>();
        _pace = new Timer(_ => _clock.Advance(s_tick), null, s_tick, s_tick);
    }

    public override IClusterClient Client { get; }

    public override Task CollectIdleAsync()
    {
        _clock.Advance(TimeSpan.FromMinutes(20));
        return Task.CompletedTask;
    }

    public override async Task WaitAsync(Task task, string what)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException(what);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pace.DisposeAsync();
        await _host.StopAsync(new CancellationToken(canceled: false));
        _host.Dispose();
    }
}

/// <summary>Everything on one thread under virtual time.</summary>
internal sealed class SimulatedHost : TestHost, IDisposable
{
    private readonly Simulation _simulation;
    private readonly IHost _host;

    public SimulatedHost(ulong? seed)
    {
        _simulation = new Simulation(new SimulationOptions { Seed = seed });
        _host = ConformanceTest.Build(silo => silo.UseSimulation(_simulation));
        Client = _host.Services.GetRequiredService<IClusterClient>();
    }

    public override IClusterClient Client { get; }

    public void Run(Func<Task> body) => _simulation.Run(body);

    public override Task CollectIdleAsync() => Task.Delay(TimeSpan.FromMinutes(20), _simulation.Clock);

    public override async Task WaitAsync(Task task, string what)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromDays(1), _simulation.Clock);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException(what);
        }
    }

    public void Dispose() => _host.Dispose();
}
