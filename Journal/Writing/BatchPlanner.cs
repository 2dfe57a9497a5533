using System.Security.Cryptography;
using OneStop.Journal.Integrity;
using OneStop.Journal.Vault;

namespace OneStop.Journal.Writing;

/// <summary>
/// Decides each append of a batch in the order of arrival, as if they came one by one, and gathers what the winners
/// write. Pure: what the store holds comes in as <see cref="KnownState"/>, what it has to write goes out.
/// </summary>
internal sealed class BatchPlanner(KnownState known, DocumentVault vault)
{
    // By characters, whatever the language of the machine: processes that lock in different orders wait for each other.
    private static readonly Comparer<(string Subject, string Id)> DocumentOrder = Comparer<(string Subject, string Id)>.Create(
        static (a, b) => string.CompareOrdinal(a.Subject, b.Subject) is not 0 and var first ? first : string.CompareOrdinal(a.Id, b.Id));

    private readonly SortedDictionary<string, StreamEffect> _streams = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, WakeUpChange> _wakeUps = new(StringComparer.Ordinal);
    private readonly SortedDictionary<CommandKey, CommandRecord> _commands = new(CommandKey.Order);
    private readonly SortedDictionary<(string Subject, string Id), SealedDocument> _documents = new(DocumentOrder);
    private readonly SortedSet<string> _erased = new(StringComparer.Ordinal);
    private readonly List<EventEffect> _events = [];
    private readonly List<WrappedKey> _keys = [];
    private readonly RowScript _rows = new();

    /// <summary>Decides one append; what it would write is gathered only if it wins.</summary>
    /// <exception cref="CryptographicException">The key of a document's subject was changed.</exception>
    public AppendResult Decide(PendingAppend pending)
    {
        var request = pending.Request;
        // A repeated command comes first: the first time has moved the heads that it still expects.
        if (request.Command is { } command && known.Commands.TryGetValue(new CommandKey(command.Caller, command.Id), out var first))
        {
            return CryptographicOperations.FixedTimeEquals(first.BodyHash, command.BodyHash)
                ? AppendResult.Repeated(first)
                : AppendResult.CommandConflict;
        }

        foreach (var append in request.Streams)
            if (known.Head(append.Stream).Seq != append.ExpectedHead)
                return AppendResult.StaleHead(append.Stream);

        // First, because a damaged key makes it fail and then nothing of this append may remain.
        if (!request.Erasures.IsEmpty)
        {
            foreach (var document in request.Documents)
                if (known.Keys.TryGetValue(document.Subject, out var wrapped))
                    vault.Check(new WrappedKey(document.Subject, wrapped));
            foreach (var erasure in request.Erasures)
                Erase(erasure);
        }

        foreach (var document in request.Documents)
            Seal(document);
        foreach (var append in request.Streams)
            Extend(append);
        foreach (var row in pending.Rows)
            _rows.Add(row);
        if (request.Command is { } carriedOut)
        {
            var key = new CommandKey(carriedOut.Caller, carriedOut.Id);
            known.Commands[key] = carriedOut;
            _commands[key] = carriedOut;
        }

        return AppendResult.Committed;
    }

    /// <summary>What the winners write.</summary>
    public BatchEffects Effects(long? forgetCommandsBefore) => new()
    {
        Streams = [.. _streams.Values],
        Events = _events,
        WakeUps =
        [
            .. from wakeUp in _wakeUps
               where wakeUp.Value.Kind is WakeUpChangeKind.Set
               select new WakeUpEffect(wakeUp.Key, wakeUp.Value.Shard, wakeUp.Value.DueAt),
        ],
        ClearedWakeUps = [.. from wakeUp in _wakeUps where wakeUp.Value.Kind is WakeUpChangeKind.Clear select wakeUp.Key],
        Commands = [.. _commands.Values],
        Rows = _rows.ToSegments(),
        Erased = [.. _erased],
        Keys = _keys,
        Documents = [.. _documents.Values],
        ForgetCommandsBefore = forgetCommandsBefore,
    };

    private void Extend(StreamAppend append)
    {
        var head = known.Head(append.Stream);
        var seq = head.Seq;
        var hash = head.Hash;
        foreach (var happened in append.Events)
        {
            hash = HashChain.Next(hash, append.Stream, ++seq, happened.At, happened.Actor, happened.Type, happened.Data);
            _events.Add(new EventEffect(append.Stream, seq, happened, hash));
        }

        if (append.WakeUp.Kind is not WakeUpChangeKind.Keep)
            _wakeUps[append.Stream] = append.WakeUp;
        if (append.Events.IsEmpty && append.Snapshot is null && head.Exists)
            return;

        // A second append to the same stream keeps the first one's snapshot unless it brings a newer one.
        var before = _streams.GetValueOrDefault(append.Stream);
        _streams[append.Stream] = append.Snapshot is null
            ? new StreamEffect(append.Stream, before.IsNew || !head.Exists, seq, hash, before.Snapshot, before.SnapshotSeq)
            : new StreamEffect(append.Stream, before.IsNew || !head.Exists, seq, hash, append.Snapshot, seq);
        known.Heads[append.Stream] = new StreamHead(seq, hash, true);
    }

    private void Erase(DocumentErasure erasure)
    {
        var subject = erasure.Subject;
        if (!known.Keys.TryGetValue(subject, out var wrapped))
            return;
        var there = known.Documents.GetValueOrDefault(subject, []).ToDictionary(static document => document.Id, StringComparer.Ordinal);
        foreach (var written in _documents.Values.Where(document => document.Subject == subject))
            there[written.Id] = written;
        foreach (var id in erasure.Ids)
            there.Remove(id);
        var old = new WrappedKey(subject, wrapped);
        var kept = there.Values.Select(document => new Document(subject, document.Id, vault.Open(old, document))).ToList();
        _erased.Add(subject);
        _keys.RemoveAll(key => key.Subject == subject);
        foreach (var written in _documents.Keys.Where(key => key.Subject == subject).ToList())
            _documents.Remove(written);
        known.Keys.Remove(subject);
        known.Documents.Remove(subject);
        foreach (var document in kept)
            Seal(document);
    }

    private void Seal(Document document)
    {
        if (!known.Keys.TryGetValue(document.Subject, out var key))
        {
            var created = vault.NewKey(document.Subject);
            _keys.Add(created);
            known.Keys.Add(document.Subject, key = created.Key);
        }

        _documents[(document.Subject, document.Id)] = vault.Seal(new WrappedKey(document.Subject, key), document);
    }
}
