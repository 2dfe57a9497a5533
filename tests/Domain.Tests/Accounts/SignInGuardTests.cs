using OneStop.Domain.Accounts;

namespace OneStop.Domain.Tests.Accounts;

public class SignInGuardTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TenWrongPasswordsInARowLockForAMinute()
    {
        var guard = Wrong(SignInGuard.Open, 9);
        Assert.Null(guard.Refusal(Now));

        guard = Wrong(guard, 1);

        Assert.Equal(TimeSpan.FromMinutes(1), guard.Refusal(Now)!.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(1), guard.Refusal(Now + TimeSpan.FromSeconds(59))!.RetryAfter);
        Assert.Null(guard.Refusal(Now + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void ARightPasswordForgetsTheWrongOnes()
    {
        var guard = Wrong(Wrong(SignInGuard.Open, 9).After(right: true, Now), 9);
        Assert.Null(guard.Refusal(Now));
    }

    [Fact]
    public void AfterALockAllTenTriesAreThereAgain()
    {
        var guard = Wrong(Wrong(SignInGuard.Open, 10), 9);
        Assert.Null(guard.Refusal(Now + TimeSpan.FromMinutes(1)));
    }

    private static SignInGuard Wrong(SignInGuard guard, int times)
    {
        for (var i = 0; i < times; i++) guard = guard.After(right: false, Now);
        return guard;
    }
}
