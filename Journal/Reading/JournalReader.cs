using System.Collections.Immutable;
using System.Data.Common;
using System.Net.Sockets;
using OneStop.Journal.Schema;
using OneStop.Journal.Vault;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Reading;

/// <summary>All reading but verification; the SQL is the same for both stores.</summary>
internal sealed class JournalReader(IStore store, TableCatalogue tables, Upcasting upcasting, DocumentVault vault)
{
    // The stream's own row first, as number 0; one statement, because two could see different moments.
    private const string StreamAfterSnapshot = """
        SELECT 0, head, snapshot_seq, '', '', snapshot FROM streams WHERE stream = $1
        UNION ALL
        SELECT seq, at, 0, actor, type, data FROM events
        WHERE stream = $1 AND seq > COALESCE((SELECT snapshot_seq FROM streams WHERE stream = $1), 0)
        ORDER BY 1
        """;

    private const string WholeStream = """
        SELECT 0, head, 0, '', '', NULL FROM streams WHERE stream = $1
        UNION ALL
        SELECT seq, at, 0, actor, type, data FROM events WHERE stream = $1
        ORDER BY 1
        """;

    public ValueTask<StreamContent> StreamAsync(string stream, bool withSnapshot, CancellationToken cancellationToken) =>
        ReadAsync(withSnapshot ? StreamAfterSnapshot : WholeStream, [stream], async reader =>
        {
            var (head, snapshotSeq, snapshot) = (0L, 0L, (byte[]?)null);
            var events = ImmutableArray.CreateBuilder<StoredEvent>();
            while (await reader.ReadAsync(cancellationToken))
            {
                if (reader.GetInt64(0) is var seq && seq > 0)
                    events.Add(upcasting.Apply(new StoredEvent(seq, reader.GetInt64(1), reader.GetString(3), reader.GetString(4), reader.Bytes(5))));
                else
                    (head, snapshotSeq, snapshot) = (reader.GetInt64(1), reader.GetInt64(2), reader.BytesOrNull(5));
            }

            return new StreamContent(stream, head, snapshotSeq, snapshot, events.DrainToImmutable());
        }, cancellationToken);

    public ValueTask<ImmutableArray<ChainedEvent>> ChainAsync(string stream, CancellationToken cancellationToken) => ReadAsync(
        "SELECT seq, at, actor, type, data, hash FROM events WHERE stream = $1 ORDER BY seq",
        [stream],
        reader => AllAsync(
            reader,
            static row => new ChainedEvent(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.Bytes(4), row.Bytes(5)),
            cancellationToken), cancellationToken);

    public ValueTask<CommandRecord?> CommandAsync(string caller, string id, CancellationToken cancellationToken) =>
        ReadAsync("SELECT body_hash, at, answer FROM commands WHERE caller = $1 AND id = $2", [caller, id], async reader =>
            await reader.ReadAsync(cancellationToken)
                ? new CommandRecord(caller, id, reader.Bytes(0), reader.GetInt64(1), reader.Bytes(2))
                : null,
            cancellationToken);

    public ValueTask<ImmutableArray<WakeUp>> WakeUpsAsync(int shard, long until, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            "SELECT stream, due_at FROM wakeups WHERE shard = $1 AND due_at <= $2 ORDER BY due_at, stream LIMIT $3",
            [(long)shard, until, (long)limit],
            reader => AllAsync(reader, static row => new WakeUp(row.GetString(0), row.GetInt64(1)), cancellationToken), cancellationToken);

    public ValueTask<ImmutableArray<string>> StreamNamesAsync(string prefix, string? after, int limit, CancellationToken cancellationToken)
    {
        WellFormed.Check(prefix, "A prefix");
        WellFormed.Check(after ?? string.Empty, "A stream's name");
        // U+10FFFF is the last character there is, so this bounds all that begin with the prefix.
        return ReadAsync(
            "SELECT stream FROM streams WHERE stream >= $1 AND stream < $2 AND stream > $3 AND head > 0 ORDER BY stream LIMIT $4",
            [prefix, prefix + "\U0010FFFF", after ?? string.Empty, (long)limit],
            reader => AllAsync(reader, static row => row.GetString(0), cancellationToken), cancellationToken);
    }

    public ValueTask<ImmutableArray<Row>> RowsAsync(RowQuery query, CancellationToken cancellationToken)
    {
        var table = tables.Resolve(query.Table);
        var sql = RowSql.Query(table, query);
        return ReadAsync(sql.Text, sql.Arguments, reader =>
            AllAsync(reader, row => new Row(query.Table, Values(row, table.Columns)), cancellationToken), cancellationToken);
    }

    public ValueTask<ImmutableArray<RowCount>> CountAsync(RowQuery query, ImmutableArray<string> by, CancellationToken cancellationToken)
    {
        var table = tables.Resolve(query.Table);
        var sql = RowSql.Count(table, query.Where, by);
        ImmutableArray<Column> columns = [.. by.Select(name => TableCatalogue.Column(table, name))];
        return ReadAsync(sql.Text, sql.Arguments, reader =>
            AllAsync(reader, row => new RowCount(Values(row, columns), row.GetInt64(columns.Length)), cancellationToken), cancellationToken);
    }

    public async ValueTask<byte[]?> DocumentAsync(string subject, string id, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT d.nonce, d.ciphertext, k.wrapped_key FROM documents d JOIN subject_keys k ON k.subject = d.subject
            WHERE d.subject = $1 AND d.id = $2
            """;
        var found = await ReadAsync<(SealedDocument Document, WrappedKey Key)?>(sql, [subject, id], async reader =>
            await reader.ReadAsync(cancellationToken)
                ? (new SealedDocument(subject, id, reader.Bytes(0), reader.Bytes(1)), new WrappedKey(subject, reader.Bytes(2)))
                : null,
            cancellationToken);
        return found is { } there ? vault.Open(there.Key, there.Document) : null;
    }

    /// <summary>Runs one query; a store that fails becomes a <see cref="StoreUnavailableException"/>.</summary>
    public ValueTask<T> ReadAsync<T>(string sql, object[] arguments, Func<DbDataReader, ValueTask<T>> read, CancellationToken cancellationToken) =>
        ReadAsync(sql, arguments, patient: false, read, cancellationToken);

    /// <summary>Walks over the whole record, which may take as long as it needs.</summary>
    public ValueTask<T> WalkAsync<T>(string sql, Func<DbDataReader, ValueTask<T>> read, CancellationToken cancellationToken) =>
        ReadAsync(sql, [], patient: true, read, cancellationToken);

    private async ValueTask<T> ReadAsync<T>(
        string sql, object[] arguments, bool patient, Func<DbDataReader, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await store.OpenReaderAsync(cancellationToken);
            await using var reader = await session.QueryAsync(sql, arguments, patient, cancellationToken);
            return await read(reader);
        }
        catch (Exception e) when (e is DbException or SocketException or IOException or TimeoutException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new StoreUnavailableException($"The store cannot be read: {e.Message}", e);
        }
    }

    private static async ValueTask<ImmutableArray<T>> AllAsync<T>(
        DbDataReader reader, Func<DbDataReader, T> convert, CancellationToken cancellationToken)
    {
        var all = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync(cancellationToken))
            all.Add(convert(reader));
        return all.DrainToImmutable();
    }

    private static ImmutableArray<object?> Values(DbDataReader reader, ImmutableArray<Column> columns)
    {
        var values = new object?[columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.IsDBNull(i) ? null : columns[i].Type switch
            {
                ColumnType.Text => reader.GetString(i),
                ColumnType.Integer => reader.GetInt64(i),
                ColumnType.Boolean => reader.GetBoolean(i),
                _ => reader.GetDouble(i),
            };
        }

        return [.. values];
    }
}
