namespace OneStop.Domain.Tests;

public class GuessGuardTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TenWrongPasswordsInARowLockForAMinute()
    {
        var guard = Wrong(GuessGuard.Open, 9);
        Assert.Null(guard.Refusal("passwords", Now));

        guard = Wrong(guard, 1);

        Assert.Equal(TimeSpan.FromMinutes(1), guard.Refusal("passwords", Now)!.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(1), guard.Refusal("passwords", Now + TimeSpan.FromSeconds(59))!.RetryAfter);
        Assert.Null(guard.Refusal("passwords", Now + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void ARightPasswordForgetsTheWrongOnes()
    {
        var guard = Wrong(Wrong(GuessGuard.Open, 9).After(right: true, Now), 9);
        Assert.Null(guard.Refusal("passwords", Now));
    }

    [Fact]
    public void AfterALockAllTenTriesAreThereAgain()
    {
        var guard = Wrong(Wrong(GuessGuard.Open, 10), 9);
        Assert.Null(guard.Refusal("passwords", Now + TimeSpan.FromMinutes(1)));
    }

    private static GuessGuard Wrong(GuessGuard guard, int times)
    {
        for (var i = 0; i < times; i++) guard = guard.After(right: false, Now);
        return guard;
    }
}
