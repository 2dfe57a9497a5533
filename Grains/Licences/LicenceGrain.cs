using System.Collections.Immutable;
using System.Text;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Licences;
using OneStop.Domain.Notices;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Licences;
using OneStop.Grains.Notices;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Licences;

/// <summary>One licence. Everything it knows of the law is in <see cref="LicenceRules"/>.</summary>
public sealed class LicenceGrain(IJournal journal, TimeProvider time, Definitions definitions, NoticeDesk notices)
    : EventSourcedGrain<LicenceState, LicenceEvent>(journal, time), ILicenceGrain
{
    /// <inheritdoc/>
    protected override string StreamName => StreamOf(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    protected override LicenceState Empty => LicenceState.Initial;

    /// <inheritdoc/>
    public async Task<LicenceView> Execute(CommandInfo info, Actor actor, LicenceCommand command, ImmutableArray<CaseText> texts)
    {
        await KnownAsync();
        return await ExecuteAsync(
            info,
            (state, now) => LicenceRules.Decide(state, command, actor, definitions.Calendar(state.Calendar), now),
            LicenceRows.View,
            [.. texts.Select(text => new Document(State.Holder, text.Reference, Encoding.UTF8.GetBytes(text.Text)))]);
    }

    /// <inheritdoc/>
    public async Task<LicenceView> View()
    {
        await KnownAsync();
        return LicenceRows.View(State);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<TimelineEntry>> Timeline()
    {
        await KnownAsync();
        return await Story.ReadAsync(Journal, StreamName, State.Holder, hidden: []);
    }

    /// <inheritdoc/>
    public async Task WakeUp(DateTimeOffset due)
    {
        await LoadAsync();
        if (!State.Exists) return;
        var head = Head;
        await ExecuteAsync(
            new CommandInfo("system", "", "", MayRepeat: false, "system"),
            (state, now) => LicenceRules.WakeUp(state, now > due ? now : due),
            after => after.Standing);
        if (Head == head) await WriteWakeUpAsync();
        // It sleeps for months now: memory is for what is looked at.
        DeactivateOnIdle();
    }

    internal static string StreamOf(string number) => "licence/" + number;

    /// <inheritdoc/>
    protected override LicenceState Evolve(LicenceState state, LicenceEvent e) => state.Evolve(e);

    /// <inheritdoc/>
    protected override IEnumerable<RowChange> Rows(LicenceState before, LicenceState after, ImmutableArray<LicenceEvent> events, long head) =>
        [LicenceRows.Row(after)];

    /// <inheritdoc/>
    protected override Companion Besides(LicenceState after, ImmutableArray<LicenceEvent> events) => notices.Post(Notices(after, events));

    /// <inheritdoc/>
    protected override WakeUpChange WakeUpOf(LicenceState state) => LicenceIssue.WakeUp(StreamName, state);

    /// <inheritdoc/>
    protected override async ValueTask CommittedAsync(LicenceState before, LicenceState after, ImmutableArray<LicenceEvent> events)
    {
        await DeadlineGrain.TellAsync(GrainFactory, StreamName, LicenceRules.NextWakeUp(after), Head);
        await notices.SendAsync(GrainFactory, Notices(after, events));
    }

    private ImmutableArray<Notice> Notices(LicenceState state, ImmutableArray<LicenceEvent> events) =>
        LicenceNotices.Of(state, events, definitions.Calendar(state.Calendar));

    // Numbers are asked for by anybody: one that does not exist must not stay in memory.
    private async ValueTask KnownAsync()
    {
        await LoadAsync();
        if (State.Exists) return;
        DeactivateOnIdle();
        throw Refusals.Unknown("licence", this.GetPrimaryKeyString());
    }
}
