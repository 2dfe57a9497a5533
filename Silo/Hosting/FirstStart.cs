using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using OneStop.Grains.Catalogue;
using OneStop.Journal;

namespace OneStop.Silo.Hosting;

/// <summary>
/// Lets one process at a time pass from an empty database to a defined town: it holds a lock until the town and the
/// session keys are there. The others wait before they join the cluster, so that no silo ever hosts grains without the
/// definitions, and there is one town and one password.
/// </summary>
/// <param name="options">How to start.</param>
/// <param name="definitions">This process's definitions.</param>
/// <param name="protection">What makes the first session key.</param>
/// <param name="journal">The record; null in a process without grains.</param>
internal sealed class FirstStart(
    ServeOptions options, Definitions definitions, IDataProtectionProvider protection, IJournal? journal = null) : IHostedService, IAsyncDisposable
{
    // By schema: towns that share a server do not wait for each other.
    private const string Lock = "SELECT pg_advisory_lock(hashtextextended('onestop first start ' || current_schema(), 0))";

    private NpgsqlConnection? held;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Postgres is { } connection) await LockAsync(connection, cancellationToken);
        // Makes the first session key while nobody else does.
        protection.CreateProtector("first start").Protect([]);
        if (journal is not null) await definitions.ReadAsync(journal, cancellationToken);
        if (journal is null || definitions.Town is not null || options.Empty) await ReleaseAsync();
    }

    /// <summary>The town is defined: whoever waits may go on.</summary>
    public async Task ReleaseAsync()
    {
        if (held is null) return;
        await held.DisposeAsync();
        held = null;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await ReleaseAsync();

    private async Task LockAsync(string connection, CancellationToken cancellationToken)
    {
        // The lock lasts as long as the connection: one that died with its process holds nobody up.
        held = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection)
        {
            Pooling = false, CommandTimeout = 0, TcpKeepAlive = true, ApplicationName = "OneStop.FirstStart",
        }.ConnectionString);
        await held.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Lock, held);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
