using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OneStop.Silo.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace OneStop.Bench;

/// <summary>A grain that keeps what it is given as its state, by Orleans' own ADO.NET storage.</summary>
public interface IKeeperGrain : IGrainWithStringKey
{
    /// <summary>Writes the state.</summary>
    Task Keep(string payload);
}

/// <summary>What it keeps.</summary>
[GenerateSerializer]
public sealed class Kept
{
    /// <summary>The payload.</summary>
    [Id(0)]
    public string Payload { get; set; } = "";
}

/// <summary>A grain that keeps what it is given as its state, by Orleans' own ADO.NET storage.</summary>
/// <param name="state">Its state.</param>
public sealed class KeeperGrain([PersistentState("kept", StockStorage.Provider)] IPersistentState<Kept> state) : Grain, IKeeperGrain
{
    /// <inheritdoc/>
    public Task Keep(string payload)
    {
        state.State.Payload = payload;
        return state.WriteStateAsync();
    }
}

/// <summary>
/// The same course as <see cref="CaseContract"/>, kept the usual way: each command writes its payload as the grain's
/// state and nothing else, no rows, no wake-up, no command id, no chain.
/// </summary>
public sealed class StockStorage : IAsyncDisposable
{
    /// <summary>The storage provider's name.</summary>
    public const string Provider = "stock";

    // One for each caller and some to spare: none waits for another's.
    private const int Connections = 80;

    private readonly IHost host;

    private StockStorage(IHost host) => this.host = host;

    /// <summary>Starts a silo with that storage; null where the runtime has none.</summary>
    /// <param name="postgres">Where its tables are.</param>
    /// <param name="makeTables">Whether to make them by our script; otherwise they are there.</param>
    public static async Task<StockStorage?> StartAsync(string postgres, bool makeTables)
    {
        if (makeTables) await ClusterSchema.ApplyAsync(postgres, CancellationToken.None);
        var connection = makeTables
            ? ClusterSchema.ConnectionString(postgres, Connections)
            : new NpgsqlConnectionStringBuilder(postgres) { MaxPoolSize = Connections }.ConnectionString;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            var (siloPort, gatewayPort) = FreePorts.Two();
            silo.UseLocalhostClustering(siloPort, gatewayPort);
            silo.AddAdoNetGrainStorage(Provider, options =>
                (options.Invariant, options.ConnectionString) = ("Npgsql", connection));
        });
        var host = builder.Build();
        await host.StartAsync();
        return new StockStorage(host);
    }

    /// <summary>Durable writes a second.</summary>
    /// <param name="payloads">What the commands of a case write, in order.</param>
    /// <param name="callers">How many write at the same time.</param>
    /// <param name="duration">How long.</param>
    public Task<double> MeasureAsync(IReadOnlyList<string> payloads, int callers, TimeSpan duration)
    {
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        return Rate.MeasureAsync(callers, duration, async (caller, done, stop) =>
        {
            var run = Convert.ToHexString(RandomNumberGenerator.GetBytes(4));
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var keeper = grains.GetGrain<IKeeperGrain>(string.Create(CultureInfo.InvariantCulture, $"A{run}{caller:D4}{n:D8}"));
                for (var i = 0; i < payloads.Count && !stop.IsCancellationRequested; i++)
                {
                    await keeper.Keep(payloads[i]);
                    done();
                }
            }
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
