using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using OneStop.Journal.Reading;

namespace OneStop.Journal.Integrity;

/// <summary>
/// Walks the chains of all streams in one pass: each stream's row, then its events. Holds one event at a time,
/// so that memory does not grow with the record (it does with the faults found, up to a limit).
/// </summary>
internal sealed class ChainVerifier(IProgress<long>? progress)
{
    /// <summary>
    /// Everything in one statement, so that appends in the meantime cannot look like faults. The columns of both parts
    /// have the same types, so that PostgreSQL can merge two indexes instead of sorting the record.
    /// </summary>
    public const string Sql = """
        SELECT stream, CAST(0 AS bigint) AS seq, head AS at, CAST('' AS text) AS actor, CAST('' AS text) AS type,
            CAST(NULL AS bytea) AS data, hash FROM streams
        UNION ALL
        SELECT stream, seq, at, actor, type, data, hash FROM events
        ORDER BY 1, 2
        """;

    /// <summary>How many faults a report holds at most.</summary>
    public const int MostFaults = 10_000;

    private const int ProgressEvery = 1_000;

    private readonly ImmutableArray<VerifyFault>.Builder _faults = ImmutableArray.CreateBuilder<VerifyFault>();
    private string? _stream;
    private bool _hasRow;
    private long _head;
    private byte[] _headHash = [];
    private long _seq;
    private byte[] _hash = HashChain.Origin;
    private long _streams;
    private long _events;

    public async ValueTask<VerifyReport> WalkAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            var stream = reader.GetString(0);
            if (stream != _stream)
                Begin(stream);
            // A stream's row carries no data, an event always does.
            if (reader.BytesOrNull(5) is not { } data)
                Row(reader);
            else
                Event(stream, data, reader);
        }

        End();
        progress?.Report(_events);
        return new VerifyReport(_streams, _events, _faults.ToImmutable());
    }

    private void Begin(string stream)
    {
        End();
        _streams++;
        (_stream, _hasRow, _head, _seq, _headHash, _hash) = (stream, false, 0, 0, [], HashChain.Origin);
    }

    private void Row(DbDataReader reader) => (_hasRow, _head, _headHash) = (true, reader.GetInt64(2), reader.Bytes(6));

    private void Event(string stream, byte[] data, DbDataReader reader)
    {
        if (++_events % ProgressEvery == 0)
            progress?.Report(_events);
        var seq = reader.GetInt64(1);
        if (seq != _seq + 1)
            Fault(seq, string.Create(CultureInfo.InvariantCulture, $"follows number {_seq}: events are missing or out of their place"));
        var stored = reader.Bytes(6);
        var computed = HashChain.Next(_hash, stream, seq, reader.GetInt64(2), reader.GetString(3), reader.GetString(4), data);
        if (!computed.AsSpan().SequenceEqual(stored))
            Fault(seq, "does not have the hash that its content and the event before it give: one of them was changed");
        // Going on from what is stored names each broken link once instead of every event after it.
        (_seq, _hash) = (seq, stored);
    }

    private void End()
    {
        if (_stream is null)
            return;
        if (!_hasRow)
            Fault(_seq, "has events but no row with its head");
        else if (_head != _seq)
            Fault(_seq, string.Create(CultureInfo.InvariantCulture, $"is the last event, but the recorded head is {_head}: events are missing or too many"));
        else if (!_headHash.AsSpan().SequenceEqual(_hash))
            Fault(_seq, "is the last event, but the recorded hash of the head is another");
    }

    private void Fault(long seq, string what)
    {
        if (_faults.Count < MostFaults)
            _faults.Add(new VerifyFault(_stream!, seq, what));
    }
}
