using OneStop.Journal.Tests.Stores;
using OneStop.Tests;

namespace OneStop.Journal.Tests;

/// <summary>Real connections that break at the worst moment: a proxy cuts them while a commit goes by.</summary>
public sealed class LostAcknowledgementSpec(PostgresFixture server) : JournalSpec(new PostgresTestStore(server, throughProxy: true))
{
    // What the server says when a transaction is durable.
    private static readonly byte[] Acknowledgement = Utf8("COMMIT\0");

    private CuttableProxy Proxy => ((PostgresTestStore)Store).Proxy;

    [Fact]
    public async Task ACommitWhoseAcknowledgementWasLostIsFoundByItsEvents()
    {
        await CommitAsync(Append("case/1", 0, "a"));
        Proxy.CutBefore(Acknowledgement, fromServer: true);

        var results = await AppendTogetherAsync(Append("case/1", 1, "b"), Append("case/1", 0, "stale"), Append("case/2", 0, "x"));

        Assert.Equal([AppendOutcome.Committed, AppendOutcome.StaleHead, AppendOutcome.Committed], results.Select(result => result.Outcome));
        Assert.Equal(["a", "b"], await TextsAsync("case/1"));
        await CommitAsync(Append("case/1", 2, "c"));
        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task ACommitWhoseAcknowledgementWasLostIsFoundByItsCommand()
    {
        Proxy.CutBefore(Acknowledgement, fromServer: true);

        await CommitAsync(new AppendRequest { Streams = [], Rows = [Ticket("t1")], Command = new CommandRecord("caller", "c1", [1], Time.Microseconds, [2]) });

        Assert.Single(await TicketsAsync());
    }

    [Fact]
    public async Task ACommitThatNeverArrivedIsNotAnsweredAsDurable()
    {
        await CommitAsync(Append("case/1", 0, "a"));
        // Sent in one piece with the commit, and it never gets there.
        Proxy.CutBefore(Utf8("never arrives"), fromServer: false);

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Journal.AppendAsync(Append("case/1", 1, "never arrives"), Cancel));

        Assert.Equal(["a"], await TextsAsync("case/1"));
        await CommitAsync(Append("case/1", 1, "b"));
        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task ACommitNobodyCouldSettleIsAnsweredWhenTheCommandIsSentAgain()
    {
        var request = Append("case/1", 0, "a") with { Command = new CommandRecord("caller", "c1", [1], Time.Microseconds, Utf8("done")) };
        Proxy.CutBefore(Acknowledgement, fromServer: true, thenClose: true);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Journal.AppendAsync(request, Cancel));

        Proxy.Open();
        var again = await Journal.AppendAsync(request, Cancel);

        Assert.Equal((AppendOutcome.Repeated, "done"), (again.Outcome, System.Text.Encoding.UTF8.GetString(again.First!.Answer)));
        Assert.Equal(["a"], await TextsAsync("case/1"));
    }
}

/// <summary>A server that crashes and comes back.</summary>
public sealed class RestartSpec : IAsyncLifetime
{
    private PostgresServer? _server;

    public async ValueTask InitializeAsync()
    {
        (_server, var whyNot) = await PostgresServer.TryStartAsync();
        Assert.SkipWhen(_server is null, whyNot);
        Assert.SkipUnless(_server!.CanRestart, "The given server is not ours to stop.");
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task TheJournalWorksAgainWhenTheServerIsBack()
    {
        var cancel = TestContext.Current.CancellationToken;
        var options = new JournalOptions { MasterKey = new byte[32], Time = new ManualTime() };
        await using var journal = await Postgres.PostgresJournal.OpenAsync(await _server!.CreateSchemaAsync(), options, cancellationToken: cancel);
        Assert.Equal(AppendOutcome.Committed, (await journal.AppendAsync(Append(0), cancel)).Outcome);

        await _server.StopAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await journal.AppendAsync(Append(1), cancel));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await journal.ReadAsync("case/1", cancellationToken: cancel));

        await _server.StartAsync();
        Assert.Equal(AppendOutcome.Committed, (await journal.AppendAsync(Append(1), cancel)).Outcome);
        Assert.Equal(2, (await journal.ReadAsync("case/1", cancellationToken: cancel)).Head);
        Assert.Empty((await journal.VerifyAsync(cancellationToken: cancel)).Faults);
    }

    private static AppendRequest Append(long head) => new() { Streams = [new StreamAppend("case/1", head, [new NewEvent("x", 1, "a", [])])] };
}
