using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Rollouts;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Rollouts;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;
using Orleans.Runtime;

namespace OneStop.Grains.Rollouts;

/// <summary>
/// Goes through the running cases page by page, several at a time, and notes after each page where it is. Its wake-up lies a little in
/// the future as long as it runs: should it stop in the middle, the durable clock has it go on.
/// </summary>
public sealed partial class RolloutGrain(IJournal journal, TimeProvider time, ILogger<RolloutGrain> logger)
    : EventSourcedGrain<RolloutState, RolloutEvent>(journal, time), IRolloutGrain
{
    private const int PageSize = 1_024;
    private const int Parallel = 128;

    private static readonly CommandInfo Own = new("system", "", "", MayRepeat: false, "system");

    private IGrainTimer? going;

    /// <inheritdoc/>
    protected override string StreamName => StreamOf(Id);

    /// <inheritdoc/>
    protected override RolloutState Empty => RolloutState.Initial;

    private string Id => this.GetPrimaryKeyString();

    /// <summary>The stream of a rollout.</summary>
    public static string StreamOf(string id) => "rollout/" + id;

    /// <summary>What another actor appends to order a rollout together with what it is about.</summary>
    public static StreamAppend Ordered(string id, RolloutStarted started) => new(StreamOf(id), 0, [EventCodec.Encode(started)])
    {
        WakeUp = WakeUpChange.Set(DeadlineGrain.ShardOf(StreamOf(id)), started.At.Micros()),
    };

    /// <inheritdoc/>
    public Task<RolloutView> Start(CommandInfo info, RolloutPlan plan) =>
        ExecuteAsync(info, (state, now) => RolloutRules.Start(state, plan, info.Actor, now), ViewOf);

    /// <inheritdoc/>
    public async Task<RolloutView> View()
    {
        await LoadKnownAsync();
        return ViewOf(State);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<CaseChange>> Cases(string? after, int limit)
    {
        await LoadKnownAsync();
        ImmutableArray<RowFilter> where = [new("rollout", RowOperator.Equal, Id)];
        if (after is not null) where = where.Add(new("application", RowOperator.Greater, after));
        var rows = await Journal.QueryAsync(new RowQuery(Tables.RolloutCases) { Where = where, Limit = limit });
        return [.. rows.Select(row => JsonSerializer.Deserialize<CaseChange>(row.Text("change"), EventCodec.Json)!)];
    }

    /// <inheritdoc/>
    public async Task WakeUp(DateTimeOffset due)
    {
        await LoadAsync();
        if (going is not null || RolloutRules.NextWakeUp(State) is not { } next || next > Domain.Instants.Later(Now, due)) return;
        // In turns of its own: whoever wakes it has others to wake.
        going = this.RegisterGrainTimer(GoOnAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    /// <inheritdoc/>
    protected override RolloutState Evolve(RolloutState state, RolloutEvent e) => state.Evolve(e);

    /// <inheritdoc/>
    protected override WakeUpChange WakeUpOf(RolloutState state) => RolloutRules.NextWakeUp(state) is { } due
        ? WakeUpChange.Set(DeadlineGrain.ShardOf(StreamName), due.Micros())
        : WakeUpChange.Clear;

    /// <inheritdoc/>
    protected override async ValueTask CommittedAsync(RolloutState before, RolloutState after, ImmutableArray<RolloutEvent> events) =>
        await DeadlineGrain.TellAsync(GrainFactory, StreamName, RolloutRules.NextWakeUp(after), Head);

    private async Task GoOnAsync()
    {
        var more = false;
        try
        {
            more = await PageAsync();
        }
        catch (Exception e)
        {
            // The wake-up is still in the table and comes again.
            LogHeldUp(logger, e, Id);
        }
        finally
        {
            if (more)
            {
                going!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
            else
            {
                going?.Dispose();
                going = null;
            }
        }
    }

    private async Task<bool> PageAsync()
    {
        await LoadAsync();
        if (State is not { Runs: true, Plan: { } plan }) return false;
        var left = RolloutCases.Left(plan);
        if (State.Of is null)
        {
            var counts = await Journal.CountAsync(new RowQuery(Tables.Applications) { Where = left }, []);
            var cases = counts.Sum(count => count.Count);
            await ExecuteAsync(Own, (state, now) => RolloutRules.Count(state, cases, now), ViewOf);
        }

        if (State.After is { } after) left = left.Add(new("number", RowOperator.Greater, after));
        var rows = await Journal.QueryAsync(new RowQuery(Tables.Applications) { Where = left, Limit = PageSize });
        var (changes, failed) = await FollowedAsync(plan, [.. rows.Select(row => row.Text("number"))]);
        var last = rows.Length < PageSize ? null : rows[^1].Text("number");
        await ExecuteAsync(
            Own,
            (state, now) => RolloutRules.Advance(state, changes, failed, last, now),
            (state, _) => ViewOf(state),
            (_, _, _) => new Companion([], RolloutCases.Rows(Id, changes)));
        return State is { Runs: true, Rests: false };
    }

    private async Task<(ImmutableArray<CaseChange> Changes, int Failed)> FollowedAsync(RolloutPlan plan, ImmutableArray<string> numbers)
    {
        var (next, failed) = (0, 0);
        var changes = ImmutableArray.CreateBuilder<CaseChange>(numbers.Length);
        var step = new RolloutStep(Id, plan.Kind, plan.Definitions, plan.DryRun);
        var actor = new Actor(State.By, null, [Role.System]);
        await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => WorkAsync()));
        return (changes.ToImmutable(), failed);

        async Task WorkAsync()
        {
            while (next < numbers.Length)
            {
                var number = numbers[next++];
                try
                {
                    changes.Add(await GrainFactory.GetGrain<IApplicationGrain>(number).Follow(Own, actor, step));
                }
                catch (OneStopException e) when (e.Kind != RefusalKind.Unavailable)
                {
                    changes.Add(CaseChange.Refused(number, e));
                }
                catch (Exception e)
                {
                    failed++;
                    LogNotReached(logger, e, number, Id);
                }
            }
        }
    }

    private async ValueTask LoadKnownAsync()
    {
        await LoadAsync();
        if (State.Plan is null) throw Refusals.Unknown("rollout", Id);
    }

    private RolloutView ViewOf(RolloutState state)
    {
        var plan = state.Plan!;
        var standing = !state.Runs ? RolloutStanding.Finished : state.Rests ? RolloutStanding.Resting : RolloutStanding.Running;
        return new(Id, plan.Kind, plan.Code, plan.Version, plan.DryRun, standing, state.StartedAt, state.FinishedAt, state.Of, state.Figures);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rollout {Rollout} is held up; it goes on in some seconds.")]
    private static partial void LogHeldUp(ILogger logger, Exception exception, string rollout);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Case {Case} could not be reached for rollout {Rollout}; it is gone to again.")]
    private static partial void LogNotReached(ILogger logger, Exception exception, string @case, string rollout);
}
