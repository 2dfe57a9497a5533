using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OneStop.Journal;
using OneStop.Journal.Postgres;
using OneStop.Journal.Sqlite;
using OneStop.Tests;

namespace OneStop.Bench;

/// <summary>Opens empty journals that reach the disk with every commit, on each store that this machine has.</summary>
public sealed class Stores : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("onestop-bench");
    private PostgresServer? postgres;
    private int opened;

    /// <summary>Why there is no PostgreSQL; null when there is.</summary>
    public string? NoPostgres { get; private set; }

    /// <summary>The stores to measure.</summary>
    public IEnumerable<string> Names => NoPostgres is null ? ["SQLite", "PostgreSQL"] : ["SQLite"];

    /// <summary>Starts what has to be started.</summary>
    public static async Task<Stores> StartAsync()
    {
        var stores = new Stores();
        (stores.postgres, var whyNot) = await PostgresServer.TryStartAsync(durable: true);
        if (stores.postgres is null) stores.NoPostgres = whyNot;
        return stores;
    }

    /// <summary>Opens an empty journal.</summary>
    public async Task<IJournal> OpenAsync(string store) => (await OpenWithSqlAsync(store)).Journal;

    /// <summary>Opens an empty journal, and gives connections to its database beside it.</summary>
    public async Task<(IJournal Journal, Func<DbConnection> Sql)> OpenWithSqlAsync(string store)
    {
        var options = new JournalOptions
        {
            Tables = [JournalContract.Cases, .. Grains.Records.Tables.All],
            MasterKey = new byte[32],
            Time = TimeProvider.System,
        };
        if (store == "SQLite")
        {
            var file = Path.Combine(folder.FullName, $"{++opened}.db");
            return (await SqliteJournal.OpenAsync(file, options), () => new SqliteConnection($"Data Source={file};Mode=ReadOnly"));
        }

        var schema = await postgres!.CreateSchemaAsync();
        return (await PostgresJournal.OpenAsync(schema, options), () => new NpgsqlConnection(schema));
    }

    /// <summary>Starts Orleans' own storage beside a store; null where there is nothing to compare with.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tables">Where the tables are that Orleans' own scripts made; null for those of our script.</param>
    public async Task<StockStorage?> StartStockAsync(string store, string? tables) => store switch
    {
        "PostgreSQL" when tables is not null => await StockStorage.StartAsync(tables, makeTables: false),
        "PostgreSQL" => await StockStorage.StartAsync(await postgres!.CreateSchemaAsync(), makeTables: true),
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null) await postgres.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
