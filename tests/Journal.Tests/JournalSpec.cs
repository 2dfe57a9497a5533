using System.Collections.Immutable;
using System.Text;
using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

/// <summary>What all suites share: a store with an open journal, and short ways to say what is appended.</summary>
public abstract class JournalSpec(TestStore store) : IAsyncLifetime
{
    private readonly List<IJournal> _opened = [];
    private IJournal? _journal;

    protected static TableSchema Tickets { get; } = new("tickets",
        [
            new Column("id", ColumnType.Text),
            new Column("hall", ColumnType.Text),
            new Column("counter", ColumnType.Text, Nullable: true),
            new Column("state", ColumnType.Text),
            new Column("called_at", ColumnType.Integer, Nullable: true),
            new Column("active", ColumnType.Boolean),
            new Column("waited", ColumnType.Real, Nullable: true),
        ],
        KeyColumns: 1)
    {
        Indexes =
        [
            new TableIndex("tickets_one_active", ["hall", "counter"]) { Unique = true, Where = "active" },
            new TableIndex("tickets_state", ["state"]),
        ],
    };

    protected static TableSchema Notes { get; } = new("notes",
        [new Column("owner", ColumnType.Text), new Column("number", ColumnType.Integer), new Column("order", ColumnType.Text, Nullable: true)], KeyColumns: 2);

    protected ManualTime Time { get; } = new();

    protected HoldingScheduler Scheduler { get; } = new();

    protected TestStore Store => store;

    protected IJournal Journal => _journal ?? throw new InvalidOperationException("The test has not begun.");

    protected JournalOptions Options => new() { MasterKey = [.. Enumerable.Repeat((byte)7, 32)], Time = Time, Scheduler = Scheduler, Tables = [Tickets, Notes], FileReferences = [FileSpec.References] };

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await store.CreateAsync();
        _journal = await OpenAsync(Options);
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var journal in _opened)
            await journal.DisposeAsync();
        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens another journal on the same store, closed with the test.</summary>
    protected async Task<IJournal> OpenAsync(JournalOptions options)
    {
        var journal = await store.OpenAsync(options);
        _opened.Add(journal);
        return journal;
    }

    protected async Task CloseAsync(IJournal journal)
    {
        _opened.Remove(journal);
        await journal.DisposeAsync();
    }

    /// <summary>Has the writer take all of these at once.</summary>
    protected async Task<AppendResult[]> AppendTogetherAsync(params AppendRequest[] requests)
    {
        Scheduler.Hold();
        var results = requests.Select(request => Journal.AppendAsync(request, Cancel).AsTask()).ToArray();
        Scheduler.Release();
        return await Task.WhenAll(results);
    }

    protected async Task CommitAsync(AppendRequest request) =>
        Assert.Equal(AppendOutcome.Committed, (await Journal.AppendAsync(request, Cancel)).Outcome);

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    protected static NewEvent Event(string text, long at = 1_000, string type = "note.taken.v1", string actor = "clerk") => new(type, at, actor, Utf8(text));

    protected static StreamAppend To(string stream, long expectedHead, params string[] events) => new(stream, expectedHead, [.. events.Select(text => Event(text))]);

    protected static AppendRequest Append(params StreamAppend[] streams) => new() { Streams = [.. streams] };

    protected static AppendRequest Append(string stream, long expectedHead, params string[] events) => Append(To(stream, expectedHead, events));

    protected static AppendRequest Rows(params RowChange[] rows) => new() { Streams = [], Rows = [.. rows] };

    protected static RowChange Ticket(
        string id, string? counter = null, bool active = false, string hall = "east", string state = "waiting", long? calledAt = null, double? waited = null) =>
        RowChange.Put(Tickets, id, hall, counter, state, calledAt, active, waited);

    protected async Task<string[]> TextsAsync(string stream, IJournal? journal = null) =>
        [.. (await (journal ?? Journal).ReadAsync(stream, withSnapshot: false, Cancel)).Events.Select(stored => Encoding.UTF8.GetString(stored.Data))];

    protected async Task<ImmutableArray<Row>> TicketsAsync() => await Journal.QueryAsync(new RowQuery(Tickets), Cancel);

    protected async Task AssertChainsHoldAsync() => Assert.Empty((await Journal.VerifyAsync(cancellationToken: Cancel)).Faults);
}
