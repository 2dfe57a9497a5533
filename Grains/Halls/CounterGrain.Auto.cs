using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces;
using Orleans;
using Orleans.Runtime;

namespace OneStop.Grains.Halls;

/// <summary>
/// A counter that calls by itself (自动叫号): when it becomes free, and when the hall says that somebody has come. Nothing
/// is asked at intervals, and the call is the clerk's own: the same rules, the same append.
/// </summary>
public sealed partial class CounterGrain
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private IGrainTimer? autoCall;

    /// <inheritdoc/>
    public async Task SomebodyWaits()
    {
        await LoadAsync();
        PlanAutoCall(null);
    }

    private async Task ResumeCallingAsync()
    {
        await LoadAsync();
        PlanAutoCall(null);
    }

    // Not before the pause is over; later when there is a reason to wait longer.
    private void PlanAutoCall(DateTimeOffset? notBefore)
    {
        if (CounterRules.CallsByItselfFrom(State, Profile) is not { } from) return;
        if (notBefore > from) from = notBefore.Value;
        var now = Time.GetUtcNow();
        var wait = from > now ? from - now : TimeSpan.Zero;
        if (autoCall is null) autoCall = this.RegisterGrainTimer(CallByItselfAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan));
        else autoCall.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private async Task CallByItselfAsync()
    {
        await LoadAsync();
        if (CounterRules.CallsByItselfFrom(State, Profile) is not { } from) return;
        if (from > Time.GetUtcNow())
        {
            PlanAutoCall(null);
            return;
        }

        try
        {
            // The counter's own turn and head make it happen once; no key is needed.
            var (called, later) = await NextAsync(new CommandInfo("system", "auto-call", "", MayRepeat: false, State.Clerk!));
            if (called is null && later is not null) PlanAutoCall(later);
        }
        catch (OneStopException e) when (e.Kind == RefusalKind.Unavailable)
        {
            await LoadAsync();
            PlanAutoCall(Time.GetUtcNow() + (e.RetryAfter ?? AfterFailure));
        }
        catch (OneStopException)
        {
            // The clerk serves at another counter: nobody is called here until something happens again.
        }
    }
}
