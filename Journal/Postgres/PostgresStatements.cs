using Npgsql;
using OneStop.Journal.Writing;
using static OneStop.Journal.Postgres.PostgresArrays;

namespace OneStop.Journal.Postgres;

/// <summary>
/// A batch in two round trips: one locks and reads, one writes and commits. Tables are always written in the same
/// order and rows in sorted order, so that two processes cannot wait for each other.
/// </summary>
internal static class PostgresStatements
{
    /// <summary>Begins, takes the lock that tells a lost connection's transaction is over, locks the heads and reads.</summary>
    public static void Load(NpgsqlBatchCommandCollection batch, BatchKeys keys, long connectionKey)
    {
        batch.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.Add(Command("SELECT pg_advisory_xact_lock($1)", new NpgsqlParameter<long> { TypedValue = connectionKey }));
        batch.Add(Command(
            "SELECT stream, head, hash FROM streams WHERE stream = ANY($1) ORDER BY stream FOR UPDATE", Texts(keys.Streams, static x => x)));
        if (keys.Commands.Length > 0)
        {
            batch.Add(Command("""
                SELECT c.caller, c.id, c.body_hash, c.at, c.answer FROM unnest($1::text[], $2::text[]) k (caller, id)
                JOIN commands c ON c.caller = k.caller AND c.id = k.id
                """, Texts(keys.Commands, static x => x.Caller), Texts(keys.Commands, static x => x.Id)));
        }

        // A key that is about to be replaced is nobody else's meanwhile: a document sealed under it would be lost.
        if (keys.Erased.Length > 0)
            batch.Add(Command("SELECT subject FROM subject_keys WHERE subject = ANY($1) ORDER BY subject FOR UPDATE", Texts(keys.Erased, static x => x)));
        // Shared, so that an erasure in another process waits for the documents it has to remove.
        if (keys.Subjects.Length > 0)
        {
            batch.Add(Command(
                "SELECT subject, wrapped_key FROM subject_keys WHERE subject = ANY($1) ORDER BY subject FOR KEY SHARE",
                Texts(keys.Subjects, static x => x)));
        }

        if (keys.Erased.Length > 0)
            batch.Add(Command("SELECT subject, id, nonce, ciphertext FROM documents WHERE subject = ANY($1)", Texts(keys.Erased, static x => x)));
    }

    /// <summary>Writes all effects and commits.</summary>
    public static void Write(NpgsqlBatchCommandCollection batch, BatchEffects effects)
    {
        Streams(batch, effects.Streams);
        if (effects.Events is { Count: > 0 } events)
        {
            batch.Add(Command("""
                INSERT INTO events (stream, seq, at, actor, type, data, hash)
                SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bytea[], $7::bytea[])
                """,
                Texts(events, static x => x.Stream), Longs(events, static x => x.Seq), Longs(events, static x => x.Event.At),
                Texts(events, static x => x.Event.Actor), Texts(events, static x => x.Event.Type),
                Blobs(events, static x => x.Event.Data), Blobs(events, static x => x.Hash)));
        }

        WakeUps(batch, effects);
        Commands(batch, effects);
        foreach (var segment in effects.Rows)
            batch.Add(PostgresRows.Command(segment));
        Documents(batch, effects);
        batch.Add(new NpgsqlBatchCommand("COMMIT"));
    }

    private static void Streams(NpgsqlBatchCommandCollection batch, IReadOnlyList<StreamEffect> streams)
    {
        // New streams are plainly inserted: if another process was faster, the key stops the batch and it is done again.
        if (Where(streams, static x => x.IsNew) is { Count: > 0 } created)
        {
            batch.Add(Command("""
                INSERT INTO streams (stream, head, hash, snapshot, snapshot_seq)
                SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bigint[])
                """,
                Texts(created, static x => x.Stream), Longs(created, static x => x.Head), Blobs(created, static x => x.Hash),
                Blobs(created, static x => x.Snapshot), Longs(created, static x => x.SnapshotSeq)));
        }

        if (Where(streams, static x => !x.IsNew && x.Snapshot is null) is { Count: > 0 } moved)
        {
            batch.Add(Command("""
                UPDATE streams s SET head = u.head, hash = u.hash FROM unnest($1::text[], $2::bigint[], $3::bytea[]) u (stream, head, hash)
                WHERE s.stream = u.stream
                """,
                Texts(moved, static x => x.Stream), Longs(moved, static x => x.Head), Blobs(moved, static x => x.Hash)));
        }

        if (Where(streams, static x => !x.IsNew && x.Snapshot is not null) is { Count: > 0 } shortened)
        {
            batch.Add(Command("""
                UPDATE streams s SET head = u.head, hash = u.hash, snapshot = u.snapshot, snapshot_seq = u.snapshot_seq
                FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bigint[]) u (stream, head, hash, snapshot, snapshot_seq)
                WHERE s.stream = u.stream
                """,
                Texts(shortened, static x => x.Stream), Longs(shortened, static x => x.Head), Blobs(shortened, static x => x.Hash),
                Blobs(shortened, static x => x.Snapshot), Longs(shortened, static x => x.SnapshotSeq)));
        }
    }

    private static void WakeUps(NpgsqlBatchCommandCollection batch, BatchEffects effects)
    {
        if (effects.WakeUps is { Count: > 0 } set)
        {
            batch.Add(Command("""
                INSERT INTO wakeups (stream, shard, due_at) SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[])
                ON CONFLICT (stream) DO UPDATE SET shard = excluded.shard, due_at = excluded.due_at
                """,
                Texts(set, static x => x.Stream), Longs(set, static x => x.Shard), Longs(set, static x => x.DueAt)));
        }

        if (effects.ClearedWakeUps is { Count: > 0 } cleared)
            batch.Add(Command("DELETE FROM wakeups WHERE stream = ANY($1)", Texts(cleared, static x => x)));
    }

    private static void Commands(NpgsqlBatchCommandCollection batch, BatchEffects effects)
    {
        if (effects.Commands is { Count: > 0 } commands)
        {
            batch.Add(Command("""
                INSERT INTO commands (caller, id, body_hash, at, answer)
                SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::bigint[], $5::bytea[])
                """,
                Texts(commands, static x => x.Caller), Texts(commands, static x => x.Id), Blobs(commands, static x => x.BodyHash),
                Longs(commands, static x => x.At), Blobs(commands, static x => x.Answer)));
        }

        if (effects.ForgetCommandsBefore is { } before)
            batch.Add(Command(StoreSql.ForgetCommands("ctid"), new NpgsqlParameter<long> { TypedValue = before }));
    }

    private static void Documents(NpgsqlBatchCommandCollection batch, BatchEffects effects)
    {
        if (effects.Erased is { Count: > 0 } erased)
        {
            batch.Add(Command("DELETE FROM documents WHERE subject = ANY($1)", Texts(erased, static x => x)));
            batch.Add(Command("DELETE FROM subject_keys WHERE subject = ANY($1)", Texts(erased, static x => x)));
        }

        if (effects.Keys is { Count: > 0 } keys)
        {
            batch.Add(Command("INSERT INTO subject_keys (subject, wrapped_key) SELECT * FROM unnest($1::text[], $2::bytea[])",
                Texts(keys, static x => x.Subject), Blobs(keys, static x => x.Key)));
        }

        if (effects.Documents is { Count: > 0 } documents)
        {
            batch.Add(Command("""
                INSERT INTO documents (subject, id, nonce, ciphertext)
                SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[])
                ON CONFLICT (subject, id) DO UPDATE SET nonce = excluded.nonce, ciphertext = excluded.ciphertext
                """,
                Texts(documents, static x => x.Subject), Texts(documents, static x => x.Id),
                Blobs(documents, static x => x.Nonce), Blobs(documents, static x => x.Ciphertext)));
        }
    }

    private static List<StreamEffect> Where(IReadOnlyList<StreamEffect> streams, Func<StreamEffect, bool> condition) =>
        [.. streams.Where(condition)];
}
