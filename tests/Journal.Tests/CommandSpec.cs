using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class CommandOnSqlite() : CommandSpec(new SqliteTestStore());

public sealed class CommandOnPostgres(PostgresFixture server) : CommandSpec(new PostgresTestStore(server));

/// <summary>Commands are carried out once, however often they are sent.</summary>
public abstract class CommandSpec(TestStore store) : JournalSpec(store)
{
    [Fact]
    public async Task ARepeatedCommandIsGivenItsFirstAnswer()
    {
        await CommitAsync(Append("case/1", 0, "a") with { Command = Command("first") });

        var result = await Journal.AppendAsync(Append("case/1", 0, "a") with { Command = Command("second") }, Cancel);

        Assert.Equal(AppendOutcome.Repeated, result.Outcome);
        Assert.Equivalent(Command("first"), result.First);
        Assert.Equal(["a"], await TextsAsync("case/1"));
    }

    [Fact]
    public async Task AnotherCommandUnderTheSameIdIsAConflict()
    {
        await CommitAsync(Append("case/1", 0, "a") with { Command = Command("first") });

        var result = await Journal.AppendAsync(Append("case/1", 1, "b") with { Command = Command("first") with { BodyHash = [9] } }, Cancel);

        Assert.Equal(AppendOutcome.CommandConflict, result.Outcome);
        Assert.Equal(["a"], await TextsAsync("case/1"));
    }

    [Fact]
    public async Task CallersDoNotShareTheirIds()
    {
        await CommitAsync(Append("case/1", 0, "a") with { Command = Command("first") });

        await CommitAsync(Append("case/1", 1, "b") with { Command = Command("first") with { Caller = "other", BodyHash = [9] } });
    }

    [Fact]
    public async Task ACommandThatComesTwiceAtOnceIsCarriedOutOnce()
    {
        var results = await AppendTogetherAsync(
            Append("case/1", 0, "a") with { Command = Command("first") },
            Append("case/1", 0, "a") with { Command = Command("second") },
            Append("case/2", 0, "b") with { Command = Command("third") with { BodyHash = [9] } });

        Assert.Equal([AppendOutcome.Committed, AppendOutcome.Repeated, AppendOutcome.CommandConflict], results.Select(result => result.Outcome));
        Assert.Equal(Utf8("first"), results[1].First!.Answer);
        Assert.Equal(["a"], await TextsAsync("case/1"));
        Assert.Empty(await TextsAsync("case/2"));
    }

    [Fact]
    public async Task ACommandWhoseAppendLostMayBeSentAgain()
    {
        await CommitAsync(Append("case/1", 0, "a"));

        var lost = await Journal.AppendAsync(Append("case/1", 0, "b") with { Command = Command("first") }, Cancel);
        Assert.Equal(AppendOutcome.StaleHead, lost.Outcome);

        await CommitAsync(Append("case/1", 1, "b") with { Command = Command("again") });
    }

    [Fact]
    public async Task ALoserDoesNotUseUpTheIdForThoseThatWaitWithIt()
    {
        await CommitAsync(Append("case/1", 0, "a"));

        var results = await AppendTogetherAsync(
            Append("case/1", 0, "b") with { Command = Command("loses") }, Append("case/1", 1, "b") with { Command = Command("wins") });

        Assert.Equal([AppendOutcome.StaleHead, AppendOutcome.Committed], results.Select(result => result.Outcome));
        Assert.Equal(Utf8("wins"), (await Journal.FindCommandAsync("caller", "c1", Cancel))!.Answer);
    }

    [Fact]
    public async Task AnAnswerCanBeRecordedWithoutAnyEvent()
    {
        await CommitAsync(new AppendRequest { Streams = [], Command = Command("refused") });

        Assert.Equivalent(Command("refused"), await Journal.FindCommandAsync("caller", "c1", Cancel));
        Assert.Null(await Journal.FindCommandAsync("caller", "c2", Cancel));
    }

    [Fact]
    public async Task AnswersAreKeptForADayAndThenRemovedInPassing()
    {
        await CommitAsync(new AppendRequest { Streams = [], Command = Command("old") });

        Time.Advance(TimeSpan.FromHours(24));
        await CommitAsync(Append("case/1", 0, "a"));
        Assert.NotNull(await Journal.FindCommandAsync("caller", "c1", Cancel));

        Time.Advance(TimeSpan.FromSeconds(2));
        await CommitAsync(Append("case/1", 1, "b"));
        Assert.Null(await Journal.FindCommandAsync("caller", "c1", Cancel));
    }

    private CommandRecord Command(string answer) => new("caller", "c1", [1, 2, 3], Time.Microseconds, Utf8(answer));
}
