using System.Net;
using OneStop.Domain;
using OneStop.WebFrontend.Applications;

namespace OneStop.Web.Tests.Contract;

/// <summary>The bounds of guessing at query codes, by a clock of the test's own.</summary>
public sealed class QueryCodeGuardTests
{
    private static readonly IPAddress Stranger = IPAddress.Parse("203.0.113.7");
    private static readonly IPAddress Applicant = IPAddress.Parse("198.51.100.1");

    private readonly Clock clock = new();
    private readonly QueryCodeGuard guard;

    public QueryCodeGuardTests() => guard = new QueryCodeGuard(clock);

    [Fact]
    public async Task AMinuteAfterTenWrongCodesTheRightOneIsLookedAtAgain()
    {
        for (var i = 0; i < 10; i++) Assert.Equal("unknown-application", await WrongAsync("A1", Stranger));

        Assert.Equal(TimeSpan.FromMinutes(1), (await Assert.ThrowsAsync<OneStopException>(() => RightAsync("A1", Applicant))).RetryAfter);
        Assert.True(await RightAsync("A2", Applicant));
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.True(await RightAsync("A1", Applicant));
    }

    [Fact]
    public async Task ThirtyWrongCodesFromOneAddressOverManyNumbersKeepItOutForTenMinutesAndNobodyElse()
    {
        for (var i = 0; i < 30; i++) Assert.Equal("unknown-application", await WrongAsync("A" + i, Stranger));

        Assert.Equal("too-many-requests", await WrongAsync("A99", Stranger));
        Assert.Equal("too-many-requests", (await Assert.ThrowsAsync<OneStopException>(() => RightAsync("A1", Stranger))).Code);
        Assert.True(await RightAsync("A1", Applicant));
        clock.Now += TimeSpan.FromMinutes(10);
        Assert.True(await RightAsync("A1", Stranger));
    }

    [Fact]
    public async Task RightCodesAndRefusalsOfAnotherKindAreNotCounted()
    {
        for (var i = 0; i < 50; i++)
        {
            Assert.True(await RightAsync("A1", Stranger));
            await Assert.ThrowsAsync<OneStopException>(() => guard.AskAsync<bool>("A1", Stranger, () => throw Refusals.Unknown("fee", "A1")));
        }

        Assert.Equal("unknown-application", await WrongAsync("A1", Stranger));
    }

    [Fact]
    public async Task ManyAtOnceAreNotAllLookedAt()
    {
        var answers = new TaskCompletionSource<bool>();
        var tries = Enumerable.Range(0, 100).Select(_ => guard.AskAsync("A1", Stranger, () => answers.Task)).ToList();

        Assert.Equal(10, tries.Count(task => !task.IsCompleted));

        answers.SetException(Refusals.Unknown("application", "A1"));
        foreach (var one in tries) await Assert.ThrowsAsync<OneStopException>(() => one);
        Assert.Equal("too-many-requests", await WrongAsync("A1", Applicant));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("127.0.0.1", "127.0.0.1", false)]
    [InlineData("::1", "::1", false)]
    public async Task ANetworkOfASubscriberIsOneCallerAndThisMachineIsNone(string one, string other, bool same)
    {
        for (var i = 0; i < 30; i++) Assert.Equal("unknown-application", await WrongAsync("A" + i, IPAddress.Parse(one)));

        Assert.Equal(same ? "too-many-requests" : "unknown-application", await WrongAsync("A99", IPAddress.Parse(other)));
    }

    [Fact]
    public async Task WhereTheCallerIsNotKnownTheNumberCounts()
    {
        for (var i = 0; i < 10; i++) Assert.Equal("unknown-application", await WrongAsync("A1", null));

        Assert.Equal("too-many-requests", await WrongAsync("A1", null));
    }

    [Fact]
    public void HoweverManyAreGuessedAtMemoryIsBoundedAndTheLatestAreKnown()
    {
        var table = new GuessTable(GuessLimit.CodesOfACase);
        for (var i = 0; i < 5 * GuessTable.Most; i++) Fail("X" + i, 1);
        Fail("A1", 10);

        Assert.InRange(table.Count, 1, 2 * GuessTable.Most);
        for (var i = 0; i < GuessTable.Most - 1; i++) Fail("Y" + i, 1);
        Assert.NotNull(table.Refusal("A1", clock.Now));

        void Fail(string key, int times)
        {
            for (var i = 0; i < times; i++)
            {
                table.Begin(key);
                table.End(key, wrong: true, clock.Now);
            }
        }
    }

    private async Task<string> WrongAsync(string number, IPAddress? from) => (await Assert.ThrowsAsync<OneStopException>(
        () => guard.AskAsync<bool>(number, from, () => throw Refusals.Unknown("application", number)))).Code;

    private Task<bool> RightAsync(string number, IPAddress? from) => guard.AskAsync(number, from, () => Task.FromResult(true));

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
