using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using OneStop.Silo.Hosting;
using OneStop.Tests;
using OneStop.Web.Tests.Serving;

namespace OneStop.Cluster.Tests;

/// <summary>Several silo processes on loopback with a PostgreSQL of their own, each at an address that stays the same.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("onestop-cluster-");
    private readonly ServerProcess?[] processes;
    private readonly int[] ports;

    private RunningCluster(PostgresServer postgres, string connection, int silos)
    {
        (Postgres, Connection) = (postgres, connection);
        processes = new ServerProcess?[silos];
        ports = new int[silos];
        for (var i = 0; i < silos; i++) ports[i] = ServerProcess.FreePort();
        MasterKeyFile = Path.Combine(folder.FullName, "master.key");
        TownFile = Path.Combine(folder.FullName, "town.json");
        Addresses = [.. ports.Select(port => new Uri($"http://127.0.0.1:{port}"))];
    }

    public PostgresServer Postgres { get; }

    /// <summary>Where the record is.</summary>
    public string Connection { get; }

    public byte[] MasterKey { get; } = RandomNumberGenerator.GetBytes(32);

    public string MasterKeyFile { get; }

    public string TownFile { get; }

    /// <summary>One for each silo, whichever process is there.</summary>
    public ImmutableArray<Uri> Addresses { get; }

    public int Silos => processes.Length;

    /// <summary>Starts the silos, all at once on an empty database.</summary>
    /// <returns>The cluster, or why there cannot be one.</returns>
    public static async Task<(RunningCluster? Cluster, string WhyNot)> TryStartAsync(int silos, bool durable = false)
    {
        var (server, whyNot) = await PostgresServer.TryStartAsync(durable);
        if (server is null) return (null, whyNot);
        var cluster = new RunningCluster(server, await server.CreateSchemaAsync(), silos);
        try
        {
            await File.WriteAllTextAsync(cluster.MasterKeyFile, Convert.ToBase64String(cluster.MasterKey));
            await File.WriteAllTextAsync(cluster.TownFile, JsonSerializer.Serialize(ClusterTown.Define(), JsonSerializerOptions.Web));
            await Task.WhenAll(Enumerable.Range(0, silos).Select(cluster.StartAsync));
            return (cluster, "");
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The process at this place.</summary>
    public ServerProcess At(int place) => processes[place] ?? throw new InvalidOperationException($"No silo is at {place}.");

    /// <summary>Starts a silo where none is.</summary>
    public async Task StartAsync(int place) =>
        processes[place] = await ServerProcess.StartAsync(
            DataOf(place), ports[place], "--postgres", Connection, "--master-key", MasterKeyFile, "--town", TownFile);

    /// <summary>Starts a process that serves the web without being a silo.</summary>
    public Task<ServerProcess> StartClientAsync() => ServerProcess.StartAsync(
        DataOf(Silos), ServerProcess.FreePort(), "--postgres", Connection, "--master-key", MasterKeyFile, "--client");

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync(int place)
    {
        await At(place).DisposeAsync();
        processes[place] = null;
    }

    /// <summary>SIGTERM, and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(int place)
    {
        var exitCode = await At(place).TerminateAsync();
        await KillAsync(place);
        return exitCode;
    }

    /// <summary>Opens the record beside the silos, as another program would.</summary>
    public async Task<OneStop.Journal.IJournal> OpenRecordAsync() =>
        await OneStop.Journal.Postgres.PostgresJournal.OpenAsync(Connection, Town.JournalOptions(MasterKey, TimeProvider.System));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            if (process is not null)
                await process.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Postgres.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private string DataOf(int place) => Path.Combine(folder.FullName, "data" + place);
}
