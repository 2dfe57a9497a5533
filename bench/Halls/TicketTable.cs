using Npgsql;

namespace OneStop.Bench.Halls;

/// <summary>
/// The usual design of a queue: one table, and whoever calls takes the oldest row that nobody else holds. It keeps no
/// history, gives no reason and tells no display; its callers do without HTTP.
/// </summary>
public sealed class TicketTable : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly string[] services = [.. Enumerable.Range(0, 6).Select(i => "s" + i)];

    private TicketTable(NpgsqlDataSource source) => this.source = source;

    /// <summary>Makes the table.</summary>
    public static async Task<TicketTable> StartAsync(string connection)
    {
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 60 });
        await using var create = source.CreateCommand(
            "CREATE TABLE ticket (id bigserial PRIMARY KEY, service text NOT NULL, state text NOT NULL, counter text, taken_at timestamptz NOT NULL DEFAULT now(), called_at timestamptz, ended_at timestamptz);"
            + "CREATE INDEX ticket_waiting ON ticket (service, taken_at) WHERE state = 'waiting'");
        await create.ExecuteNonQueryAsync();
        return new TicketTable(source);
    }

    /// <summary>Runs the workload.</summary>
    public async Task<HallLog> RunAsync(TimeSpan duration, int clerks, int visitors, int rate)
    {
        var log = new HallLog();
        using var stop = new CancellationTokenSource(duration);
        for (var i = 0; i < clerks * 2; i++) await TakeAsync(i);
        var pace = new Pace(rate);
        await Task.WhenAll([
            .. Enumerable.Range(0, clerks).Select(i => Task.Run(() => ServeAsync(i, pace, log, stop.Token))),
            .. Enumerable.Range(0, visitors).Select(i => Task.Run(() => VisitAsync(i, rate, visitors, log, stop.Token)))]);
        log.End();
        return log;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task ServeAsync(int clerk, Pace pace, HallLog log, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var started = await pace.NextAsync(stop);
                var id = await CallAsync("c" + clerk);
                log.Called(id?.ToString(System.Globalization.CultureInfo.InvariantCulture), pace.Since(started));
                if (id is null) continue;
                await pace.NextAsync(stop);
                await using var finish = source.CreateCommand("UPDATE ticket SET state = 'finished', ended_at = now() WHERE id = $1");
                finish.Parameters.Add(new() { Value = id.Value });
                await finish.ExecuteNonQueryAsync(CancellationToken.None);
                log.Command();
            }
        }
        catch (OperationCanceledException)
        {
            // The window is over.
        }
    }

    private async Task VisitAsync(int visitor, int rate, int visitors, HallLog log, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(visitors / (rate / 2.0)), stop);
                await TakeAsync(visitor);
                log.Request();
            }
        }
        catch (OperationCanceledException)
        {
            // The window is over.
        }
    }

    private async Task<long?> CallAsync(string counter)
    {
        await using var call = source.CreateCommand(
            "UPDATE ticket SET state = 'called', counter = $1, called_at = now() WHERE id = "
            + "(SELECT id FROM ticket WHERE state = 'waiting' AND service = ANY($2) ORDER BY taken_at FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id");
        call.Parameters.Add(new() { Value = counter });
        call.Parameters.Add(new() { Value = services });
        return (long?)await call.ExecuteScalarAsync();
    }

    private async Task TakeAsync(int visitor)
    {
        await using var take = source.CreateCommand("INSERT INTO ticket (service, state) VALUES ($1, 'waiting')");
        take.Parameters.Add(new() { Value = services[visitor % services.Length] });
        await take.ExecuteNonQueryAsync();
    }
}
