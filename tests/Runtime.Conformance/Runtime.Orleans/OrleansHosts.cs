using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OneStop.Tests;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

// All tests share one silo, and some have it end every idle activation.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(OneStop.Runtime.Conformance.OrleansHost))]

namespace OneStop.Runtime.Conformance;

public abstract partial class ConformanceTest
{
    /// <summary>In the one silo of this process.</summary>
    protected static Task RunAsync(Func<TestHost, Task> body) => body(new OrleansTestHost(OrleansHost.Started));
}

/// <summary>A silo with its client, for all tests.</summary>
public sealed class OrleansHost : IAsyncLifetime
{
    private static IHost? s_host;

    internal static IHost Started => s_host ?? throw new InvalidOperationException("The silo is not started.");

    public async ValueTask InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort.Next(), FreePort.Next());
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams(ConformanceTest.Streams, streams =>
            {
                streams.ConfigurePartitioning(2);
                streams.ConfigurePullingAgent(o => o.Configure(a => a.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(10)));
            });
            LoggingFilter.Register(silo);
        });
        s_host = builder.Build();
        await s_host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // A test that failed may have left a call behind that never ends.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await Started.StopAsync(patience.Token);
        Started.Dispose();
    }
}

internal sealed class OrleansTestHost(IHost host) : TestHost
{
    public override IClusterClient Client { get; } = host.Services.GetRequiredService<IClusterClient>();

    public override Task CollectIdleAsync() => Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

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
}
