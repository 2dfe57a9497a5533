using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Grains.Interfaces;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Records;

/// <summary>
/// An actor whose state is a stream: it decides by the rules, appends, and only then takes the new events into its state.
/// </summary>
/// <typeparam name="TState">Its state.</typeparam>
/// <typeparam name="TEvent">Its events.</typeparam>
public abstract class EventSourcedGrain<TState, TEvent>(IJournal journal, TimeProvider time) : Grain
    where TState : class
    where TEvent : class, IDomainEvent
{
    private const int MaxAttempts = 5;

    // Events that a read decodes at most, about: fewer, and busy streams write their state too often.
    private const int EventsASnapshot = 256;

    private string? loadedStream;
    private long snapshotSeq;
    private TState? state;
    private TState? expected;
    private DateTimeOffset lastAt;
    private bool assumedNew;

    /// <summary>The journal, for what is not in this grain's stream.</summary>
    protected IJournal Journal => journal;

    /// <summary>The clock in force.</summary>
    protected TimeProvider Time => time;

    /// <summary>The state; valid after <see cref="LoadAsync"/>.</summary>
    protected TState State => state ?? throw new InvalidOperationException("The stream has not been read.");

    /// <summary>The state as it will be when the append under way succeeds; for calls that interleave and decide nothing.</summary>
    protected TState Expected => expected ?? State;

    /// <summary>Whether there is a state in memory.</summary>
    protected bool IsLoaded => state is not null;

    /// <summary>Sequence number of the last event in the state.</summary>
    protected long Head { get; private set; }

    /// <summary>The stream's name now; it may change from day to day.</summary>
    protected abstract string StreamName { get; }

    /// <summary>State before the first event.</summary>
    protected abstract TState Empty { get; }

    /// <summary>Now; never before the last event.</summary>
    protected DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow().ToMicros();
            return now > lastAt ? now : lastAt;
        }
    }

    /// <summary>The state after an event.</summary>
    protected abstract TState Evolve(TState state, TEvent e);

    /// <summary>The read-model rows that show the change.</summary>
    protected virtual IEnumerable<RowChange> Rows(TState before, TState after, ImmutableArray<TEvent> events, long head) => [];

    /// <summary>What other streams and rows get in every append of these events, whoever carried the command out. Default: nothing.</summary>
    protected virtual Companion Besides(TState after, ImmutableArray<TEvent> events) => Companion.None;

    /// <summary>The documents that these events destroy, in the same append. Default: none.</summary>
    protected virtual ValueTask<ImmutableArray<DocumentErasure>> ErasuresAsync(TState before, ImmutableArray<TEvent> events) => new([]);

    /// <summary>The subjects whose files these events destroy, in the same append. Default: none.</summary>
    protected virtual ImmutableArray<string> ErasedFiles(TState before, ImmutableArray<TEvent> events) => [];

    /// <summary>How the state of a long stream is kept beside it, so that nobody reads it from its beginning. Default: it is not; the stream is short.</summary>
    protected virtual SnapshotForm<TState>? Snapshots => null;

    /// <summary>The stream's next wake-up in this state. Default: it has none and never had one.</summary>
    protected virtual WakeUpChange WakeUpOf(TState state) => WakeUpChange.Keep;

    /// <summary>Has what the state rests on at hand before it is used. Default: it rests on nothing else.</summary>
    protected virtual ValueTask LoadedAsync(TState loaded) => ValueTask.CompletedTask;

    /// <summary>Tells others what is durable now; what is lost here must be made good by asking.</summary>
    protected virtual ValueTask CommittedAsync(TState before, TState after, ImmutableArray<TEvent> events) => ValueTask.CompletedTask;

    /// <summary>The refusal that a unique index stands for.</summary>
    protected virtual OneStopException NotUnique(string index) =>
        throw new InvalidOperationException($"The unique index {index} stood in the way and no rule says what that means.");

    /// <summary>Reads the stream if this was not done or its name has changed.</summary>
    protected async ValueTask LoadAsync()
    {
        var name = StreamName;
        if (state is not null && loadedStream == name) return;
        var read = await ReadAsync(name);
        // A call that interleaves may have read the stream too, and meanwhile have gone on from there.
        if (state is not null && loadedStream == name && Head >= read.Head) return;
        await LoadedAsync(read.State);
        (state, Head, loadedStream, lastAt, snapshotSeq) = (read.State, read.Head, name, read.LastAt, read.SnapshotSeq);
    }

    /// <summary>
    /// Takes the stream for a new one without asking, when its name was just made: should it exist after all, the
    /// append is refused and the stream read.
    /// </summary>
    protected void AssumeNew()
    {
        if (state is null) (state, Head, loadedStream, snapshotSeq, assumedNew) = (Empty, 0, StreamName, 0, true);
    }

    /// <summary>Forgets the state: the next use reads the stream again.</summary>
    protected void Forget() => (state, assumedNew) = (null, false);

    /// <summary>Carries a command out: decide, append, apply, answer. The same command again gets the first answer.</summary>
    protected async Task<TAnswer> ExecuteAsync<TAnswer>(
        CommandInfo info,
        Func<TState, DateTimeOffset, Decision<TEvent>> decide,
        Func<TState, TAnswer> answer,
        ImmutableArray<Document> documents = default) =>
        (await ExecuteAsync(info, decide, (after, _) => answer(after), static (_, _, _) => Companion.None, documents)).Answer;

    /// <summary>The same, with what other streams and rows get in the same append.</summary>
    protected async Task<Executed<TAnswer>> ExecuteAsync<TAnswer>(
        CommandInfo info,
        Func<TState, DateTimeOffset, Decision<TEvent>> decide,
        Func<TState, ImmutableArray<TEvent>, TAnswer> answer,
        Func<TState, TState, ImmutableArray<TEvent>, Companion> companion,
        ImmutableArray<Document> documents = default)
    {
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                await LoadAsync();
                var before = State;
                var decision = decide(before, Now);
                if ((decision.Refusal is not null || decision.Events.IsEmpty) && info.MayRepeat && await FirstAnswerAsync(info) is { } first)
                    return new Executed<TAnswer>(Decode<TAnswer>(first), Fresh: false);

                var events = decision.OrThrow();
                var after = events.Aggregate(before, Evolve);
                var result = answer(after, events);
                if (events.IsEmpty && !info.MayRepeat) return new Executed<TAnswer>(result, Fresh: true);

                var request = Request(info, before, after, events, companion(before, after, events), result, documents)
                    with { Erasures = await ErasuresAsync(before, events), ErasedFiles = ErasedFiles(before, events) };
                expected = after;
                var appended = await AppendAsync(request);
                switch (appended.Outcome)
                {
                    case AppendOutcome.Committed:
                        Apply(after, events);
                        if (request.Streams.Any(stream => stream.Snapshot is not null)) snapshotSeq = Head;
                        await CommittedAsync(before, after, events);
                        return new Executed<TAnswer>(result, Fresh: true);
                    case AppendOutcome.Repeated:
                        // It was carried out without this state learning of it.
                        Forget();
                        return new Executed<TAnswer>(Decode<TAnswer>(appended.First!), Fresh: false);
                    case AppendOutcome.CommandConflict:
                        throw IdempotencyConflict();
                    case AppendOutcome.NotUnique:
                        throw NotUnique(appended.Cause!);
                    case AppendOutcome.StaleHead when appended.Cause != loadedStream:
                        throw new StaleCompanionException(appended.Cause!);
                    case AppendOutcome.StaleHead when attempt < MaxAttempts:
                        Forget();
                        break;
                    default:
                        Forget();
                        throw Unavailable("The record of this case is being changed elsewhere; try again.");
                }
            }
        }
        finally
        {
            // Nothing was appended after the head that was assumed: there may be another.
            if (assumedNew) Forget();
        }
    }

    /// <summary>
    /// Ends a day of this actor: decides on that day's stream, which may not be the one in its state, and appends to it
    /// without a further wake-up.
    /// </summary>
    /// <param name="stream">The day's stream.</param>
    /// <param name="end">When the day ends; the decision is made at this instant or later.</param>
    /// <param name="decide">The rule.</param>
    protected async ValueTask EndDayAsync(string stream, DateTimeOffset end, Func<TState, DateTimeOffset, Decision<TEvent>> decide)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (before, head, last, _) = await ReadAsync(stream);
            var now = time.GetUtcNow().ToMicros();
            if (now < end) now = end.ToMicros();
            if (now < last) now = last;
            var events = decide(before, now).OrThrow();
            var after = events.Aggregate(before, Evolve);
            var appended = await AppendAsync(new AppendRequest
            {
                Streams = [new StreamAppend(stream, head, [.. events.Select(EventCodec.Encode)]) { WakeUp = WakeUpChange.Clear }],
                Rows = events.IsEmpty ? [] : [.. Rows(before, after, events, head + events.Length)],
            });
            if (stream == loadedStream) Forget();
            if (appended.Outcome == AppendOutcome.Committed) return;
            if (attempt == MaxAttempts) throw Unavailable("The record of this day is being changed elsewhere; try again.");
        }
    }

    /// <summary>Takes events into the state that another grain appended to this stream, in this grain's turn.</summary>
    protected async ValueTask AppliedElsewhereAsync(params ImmutableArray<TEvent> events)
    {
        var before = State;
        var after = events.Aggregate(before, Evolve);
        Apply(after, events);
        await CommittedAsync(before, after, events);
    }

    /// <summary>The first answer to this command; null when it was not carried out.</summary>
    /// <exception cref="OneStopException"><c>idempotency-conflict</c>: another command was.</exception>
    protected async ValueTask<CommandRecord?> FirstAnswerAsync(CommandInfo info)
    {
        var record = await journal.FindCommandAsync(info.Caller, info.Id);
        if (record is not null && !record.BodyHash.AsSpan().SequenceEqual(Convert.FromBase64String(info.BodyHash)))
            throw IdempotencyConflict();
        return record;
    }

    /// <summary>Writes the stream's next wake-up again, when the row may not say what the state does.</summary>
    protected async ValueTask WriteWakeUpAsync() => await AppendAsync(new AppendRequest
    {
        Streams = [new StreamAppend(loadedStream!, Head, []) { WakeUp = WakeUpOf(State) }],
    });

    /// <summary>An answer as it was recorded.</summary>
    protected static TAnswer Decode<TAnswer>(CommandRecord record) => JsonSerializer.Deserialize<TAnswer>(record.Answer, EventCodec.Json)!;

    /// <summary>Records an answer that changes nothing, so that the same command gets it again.</summary>
    protected async ValueTask RecordAnswerAsync<TAnswer>(CommandInfo info, TAnswer answer)
    {
        if (!info.MayRepeat) return;
        await AppendAsync(new AppendRequest { Streams = [], Command = CommandOf(info, answer) });
    }

    private static OneStopException IdempotencyConflict() =>
        Refusals.Conflict("idempotency-conflict", "Another command was carried out under this Idempotency-Key; use a new key.");

    private static OneStopException Unavailable(string message) =>
        new(RefusalKind.Unavailable, "store-unavailable", message) { RetryAfter = TimeSpan.FromSeconds(2) };

    private CommandRecord CommandOf<TAnswer>(CommandInfo info, TAnswer answer) => new(
        info.Caller,
        info.Id,
        Convert.FromBase64String(info.BodyHash),
        time.GetUtcNow().Micros(),
        JsonSerializer.SerializeToUtf8Bytes(answer, EventCodec.Json));

    private AppendRequest Request<TAnswer>(
        CommandInfo info,
        TState before,
        TState after,
        ImmutableArray<TEvent> events,
        Companion companion,
        TAnswer answer,
        ImmutableArray<Document> documents)
    {
        var head = Head + events.Length;
        var besides = Besides(after, events);
        ImmutableArray<StreamAppend> own = events.IsEmpty
            ? []
            : [new StreamAppend(loadedStream!, Head, [.. events.Select(EventCodec.Encode)]) { WakeUp = WakeUpOf(after), Snapshot = SnapshotAt(head, after, events[^1].At) }];
        return new AppendRequest
        {
            Streams = [.. own, .. companion.Streams, .. besides.Streams],
            Rows = events.IsEmpty ? companion.Rows : [.. Rows(before, after, events, head), .. companion.Rows, .. besides.Rows],
            Documents = documents.IsDefault ? [] : documents,
            Command = info.MayRepeat ? CommandOf(info, answer) : null,
        };
    }

    private byte[]? SnapshotAt(long head, TState after, DateTimeOffset at) =>
        head - snapshotSeq >= EventsASnapshot ? Snapshots?.Encode(after, at) : null;

    private ValueTask<StreamState<TState>> ReadAsync(string stream) =>
        StreamState<TState>.ReadAsync(journal, stream, Empty, Snapshots, (known, stored) => Evolve(known, (TEvent)EventCodec.Decode(stored)));

    private async ValueTask<AppendResult> AppendAsync(AppendRequest request)
    {
        try
        {
            return await journal.AppendAsync(request);
        }
        catch
        {
            // Whether it became durable is not known: only the record can tell.
            Forget();
            throw;
        }
        finally
        {
            expected = null;
        }
    }

    private void Apply(TState after, ImmutableArray<TEvent> events)
    {
        (state, assumedNew) = (after, false);
        Head += events.Length;
        if (!events.IsEmpty) lastAt = events[^1].At;
    }
}

/// <summary>What goes into the same append besides a grain's own stream.</summary>
/// <param name="Streams">Appends to other streams.</param>
/// <param name="Rows">Rows.</param>
public readonly record struct Companion(ImmutableArray<StreamAppend> Streams, ImmutableArray<RowChange> Rows)
{
    /// <summary>Nothing.</summary>
    public static Companion None { get; } = new([], []);

    /// <summary>Both together.</summary>
    public Companion With(Companion other) => new([.. Streams, .. other.Streams], [.. Rows, .. other.Rows]);
}

/// <summary>A command's answer.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Fresh">Whether the command was carried out now; false when this is the first answer again.</param>
public readonly record struct Executed<TAnswer>(TAnswer Answer, bool Fresh);

/// <summary>The other stream of an append has moved on: its owner must read it again and ask once more.</summary>
[GenerateSerializer]
public sealed class StaleCompanionException(string stream) : Exception($"Stream {stream} has moved on.");
