namespace OneStop.Domain.Tests;

public class GuessGuardTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TenWrongPasswordsInARowLockForAMinuteHoweverLongTheyTake()
    {
        var guard = GuessGuard.Open;
        for (var day = 0; day < 9; day++) guard = guard.AfterWrong(GuessLimit.Passwords, Now.AddDays(day - 9));
        Assert.Null(guard.Refusal(Now));

        guard = guard.AfterWrong(GuessLimit.Passwords, Now);

        Assert.Equal(TimeSpan.FromMinutes(1), guard.Refusal(Now)!.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(1), guard.Refusal(Now + TimeSpan.FromSeconds(59))!.RetryAfter);
        Assert.Null(guard.Refusal(Now + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void AfterALockAllTriesAreThereAgain()
    {
        var guard = Wrong(Wrong(GuessGuard.Open, GuessLimit.Passwords, 10), GuessLimit.Passwords, 9);
        Assert.Null(guard.Refusal(Now + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void WrongCodesAreCountedTogetherForTenMinutesFromTheFirst()
    {
        var nine = Wrong(GuessGuard.Open, GuessLimit.CodesOfACase, 9);

        Assert.NotNull(nine.AfterWrong(GuessLimit.CodesOfACase, Now.AddMinutes(9.9)).Refusal(Now.AddMinutes(9.9)));
        var later = nine.AfterWrong(GuessLimit.CodesOfACase, Now.AddMinutes(10));
        Assert.Null(later.Refusal(Now.AddMinutes(10)));
        Assert.Equal((1, Now.AddMinutes(10)), (later.Wrong, later.Since));
    }

    [Fact]
    public void WhatIsBeingLookedAtCountsAsWrongUntilItIsKnown()
    {
        var eight = Wrong(GuessGuard.Open, GuessLimit.CodesOfACase, 8);

        Assert.Null(eight.Refusal(GuessLimit.CodesOfACase, underWay: 1, Now));
        Assert.Equal(TimeSpan.FromSeconds(1), eight.Refusal(GuessLimit.CodesOfACase, underWay: 2, Now)!.RetryAfter);
        Assert.Equal(TimeSpan.FromMinutes(1), Wrong(eight, GuessLimit.CodesOfACase, 2).Refusal(GuessLimit.CodesOfACase, underWay: 0, Now)!.RetryAfter);
        Assert.Null(eight.Refusal(GuessLimit.CodesOfACase, underWay: 9, Now.AddMinutes(10)));
    }

    // What GuessLimit says of strangers: one guesses as fast as they may, the other stays just below the bound of callers.
    [Theory]
    [InlineData(30)]
    [InlineData(29)]
    public void AStrangerAtOneAddressKeepsACaseLockedForThreeMinutesInTenAtMost(int perWindow)
    {
        var (ofCase, ofCaller, locked) = (GuessGuard.Open, GuessGuard.Open, 0);
        const int hours = 5;
        for (var second = 0; second < hours * 3600; second++)
        {
            var now = Now.AddSeconds(second);
            while (ofCase.Refusal(now) is null && ofCaller.Refusal(now) is null
                && ofCaller.Refusal(GuessLimit.CodesOfACaller, GuessLimit.CodesOfACaller.Most - perWindow, now) is null)
            {
                (ofCase, ofCaller) = (ofCase.AfterWrong(GuessLimit.CodesOfACase, now), ofCaller.AfterWrong(GuessLimit.CodesOfACaller, now));
            }

            if (ofCase.Refusal(now) is not null) locked++;
        }

        Assert.InRange(locked, 1, (hours * 3600 * 3 / 10) + 60);
    }

    private static GuessGuard Wrong(GuessGuard guard, GuessLimit limit, int times)
    {
        for (var i = 0; i < times; i++) guard = guard.AfterWrong(limit, Now);
        return guard;
    }
}
