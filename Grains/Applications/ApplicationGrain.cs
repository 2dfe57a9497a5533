using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Feeds;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Licences;
using OneStop.Grains.Measures;
using OneStop.Grains.Notices;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Applications;

/// <summary>One case. Everything it knows of the law is in <see cref="ApplicationRules"/>.</summary>
public sealed partial class ApplicationGrain(
    IJournal journal, TimeProvider time, Definitions definitions, Pseudonyms pseudonyms, NoticeDesk notices, TownMeasures measures, ILogger<ApplicationGrain> logger)
    : EventSourcedGrain<ApplicationState, ApplicationEvent>(journal, time), IApplicationGrain
{
    private LiveFeed? feed;
    private (ApplicationOutlook? Last, ApplicationOutlook? Before) outlooks;
    private DateTimeOffset? toldWakeUp;

    /// <inheritdoc/>
    protected override string StreamName => "application/" + this.GetPrimaryKeyString();

    /// <inheritdoc/>
    protected override ApplicationState Empty => ApplicationState.Initial;

    private WorkingCalendar Calendar => PlannedBy(State);

    /// <inheritdoc/>
    public Task<ApplicationReceipt> Receive(CommandInfo info, Actor actor, Intake intake)
    {
        var item = definitions.Item(intake.Item);
        var registration = pseudonyms.RegistrationOf(intake.IdNumber);
        var number = this.GetPrimaryKeyString();
        var command = new ReceiveApplication(number, registration, item, intake.Channel, intake.Materials, number, HashOf(intake.QueryCode))
        {
            FormAnswers = Examined(item, intake.Form),
        };
        var dossier = JsonSerializer.SerializeToUtf8Bytes(new Dossier(intake.Name, intake.IdNumber, intake.Phone, intake.Form), EventCodec.Json);
        AssumeNew();
        return ExecuteAsync(
            info,
            (state, now) => ApplicationRules.Decide(state, command, actor, new RuleBook(definitions.Calendar(item.Calendar)), now),
            after =>
            {
                var view = Seen(after).View;
                return new ApplicationReceipt(number, registration, intake.QueryCode, view.State, view.DueAt, view.Provisional);
            },
            [new Document(registration, number, dossier)]);
    }

    /// <inheritdoc/>
    public Task<ApplicationView> Execute(CommandInfo info, Actor actor, ApplicationCommand command, ImmutableArray<CaseText> texts) =>
        ExecuteAsync(info, actor, command, texts, ViewOf);

    /// <inheritdoc/>
    public Task<FeeView> ExecuteFee(CommandInfo info, Actor actor, ApplicationCommand command, ImmutableArray<CaseText> texts) =>
        ExecuteAsync(info, actor, command, texts, FeeView.Of);

    /// <inheritdoc/>
    public Task<CardRecord> ExecuteOnCard(CommandInfo info, Actor actor, string card, ApplicationCommand command, ImmutableArray<CaseText> texts) =>
        ExecuteAsync(info, actor, command, texts, after => Seen(after).Record(card));

    /// <inheritdoc/>
    public Task Report(CommandInfo info, ApplicationCommand fact) => ExecuteAsync(
        info,
        (state, now) => ApplicationRules.Decide(
            state, fact, Actor.System, state.Item is null ? new RuleBook(definitions.Calendar((fact as ReportStart)?.Item.Calendar)) : BookOf(state), now),
        after => after.Status);

    /// <inheritdoc/>
    public Task<ApplicationView> ReportStart(CommandInfo info, Actor actor, string item, DateTimeOffset start, DateTimeOffset? deadline)
    {
        var fact = new Domain.Applications.ReportStart(this.GetPrimaryKeyString(), definitions.Item(item), start, deadline);
        return ExecuteAsync(
            info,
            (state, now) => ApplicationRules.Decide(
                state, fact, actor, state.Item is null ? new RuleBook(definitions.Calendar(fact.Item.Calendar)) : BookOf(state), now),
            ViewOf);
    }

    /// <inheritdoc/>
    public async Task WakeUp(DateTimeOffset due)
    {
        await LoadAsync();
        if (!State.Exists) return;
        var info = new CommandInfo("system", "", "", MayRepeat: false, "system");
        var head = Head;
        await ExecuteAsync(
            info,
            (state, now) => ApplicationRules.Decide(state, new Domain.Applications.WakeUp(due), Actor.System, BookOf(state), now),
            after => after.Status);
        if (Head == head) await WriteWakeUpAsync();
    }

    /// <inheritdoc/>
    public async Task<ApplicationView> View()
    {
        await LoadAsync();
        ThrowIfUnknown();
        return ViewOf(State);
    }

    /// <inheritdoc/>
    public async Task<ApplicationView> ViewByCode(string queryCode)
    {
        await LoadAsync();
        ThrowUnlessCode(queryCode);
        return ViewOf(State).ForPublic();
    }

    /// <inheritdoc/>
    public async Task<FeeView> Fee(string? queryCode)
    {
        await KnownToAsync(queryCode);
        return FeeView.Of(State);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ClockExplanation>> Deadlines()
    {
        await LoadAsync();
        ThrowIfUnknown();
        return ApplicationView.Explain(State, Calendar, Now);
    }

    /// <inheritdoc/>
    public async Task<FeedSnapshot> Snapshot()
    {
        await LoadAsync();
        ThrowIfUnknown();
        // One feed for all who may follow the case, its applicant among them.
        feed ??= new LiveFeed(this, StreamName, Time, measures.Feeds, logger, () => ViewOf(State).ForPublic());
        return await feed.SnapshotAsync();
    }

    /// <inheritdoc/>
    public async Task<FeedVersion> Version()
    {
        if (feed is null) await Snapshot();
        return feed!.Version();
    }

    /// <inheritdoc/>
    protected override ApplicationState Evolve(ApplicationState state, ApplicationEvent e) => state.Evolve(e);

    // Another process may have planned this case by a calendar that this one has not heard of yet.
    /// <inheritdoc/>
    protected override async ValueTask LoadedAsync(ApplicationState loaded)
    {
        if (loaded.Item is { } item && loaded.CalendarVersion > definitions.Calendar(item.Calendar).Version) await definitions.ReadAsync(Journal);
    }

    /// <inheritdoc/>
    protected override IEnumerable<RowChange> Rows(
        ApplicationState before, ApplicationState after, ImmutableArray<ApplicationEvent> events, long head)
    {
        // Facts that came before the case's start have no row yet: there is no item to show them under.
        if (after.Item is null) return [];
        return CaseRows.Of(Seen(before.Item is null ? ApplicationState.Initial : before), Seen(after), head);
    }

    /// <inheritdoc/>
    protected override Companion Besides(ApplicationState after, ImmutableArray<ApplicationEvent> events) =>
        notices.Post(CaseNotices.Of(after, events)).With(LicenceIssue.Of(after, events));

    /// <inheritdoc/>
    protected override WakeUpChange WakeUpOf(ApplicationState state) => Seen(state).NextWakeUp is { } due
        ? WakeUpChange.Set(DeadlineGrain.ShardOf(StreamName), due.Micros())
        : WakeUpChange.Clear;

    /// <inheritdoc/>
    protected override async ValueTask CommittedAsync(ApplicationState before, ApplicationState after, ImmutableArray<ApplicationEvent> events)
    {
        measures.Supervision.Recorded(events);
        var due = Seen(after).NextWakeUp;
        var shard = due != toldWakeUp || before.Item is null
            ? DeadlineGrain.TellAsync(GrainFactory, StreamName, due, Head)
            : Task.CompletedTask;
        var department = after.Item is not null
            ? GrainFactory.GetGrain<IDepartmentGrain>(after.Item.Department).Tell(ContributionOf(after, events))
            : Task.CompletedTask;
        var left = before.Item is { } old && old.Department != after.Item?.Department
            ? GrainFactory.GetGrain<IDepartmentGrain>(old.Department).Tell(
                ContributionOf(after, []) with { Department = old.Department, Open = false, AcceptedAt = null, CompletedAt = null })
            : Task.CompletedTask;
        await Task.WhenAll(shard, department, left, LicenceIssue.TellAsync(GrainFactory, after, events));
        toldWakeUp = due;
        await notices.SendAsync(GrainFactory, CaseNotices.Of(after, events));
        if (feed is not null) await feed.ChangedAsync();
        // Little will wake it and few will ask: memory is for the cases that run.
        else if (after.IsClosed) DeactivateOnIdle();
    }

    private async Task<TAnswer> ExecuteAsync<TAnswer>(
        CommandInfo info, Actor actor, ApplicationCommand command, ImmutableArray<CaseText> texts, Func<ApplicationState, TAnswer> answer)
    {
        await LoadAsync();
        ThrowIfUnknown();
        var subject = State.DocumentSubject;
        return await ExecuteAsync(
            info,
            (state, now) => ApplicationRules.Decide(state, command, actor, BookOf(state), now),
            answer,
            [.. texts.Select(text => new Document(subject, text.Reference, Encoding.UTF8.GetBytes(text.Text)))]);
    }

    private static string HashOf(string queryCode) => System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(queryCode)));

    private RuleBook BookOf(ApplicationState state) =>
        RuleBook.For(state, definitions.Calendar(state.Item?.Calendar), version => definitions.Calendar(state.Item!.Calendar, version));

    private WorkingCalendar PlannedBy(ApplicationState state) =>
        state.Item is { } item ? definitions.Calendar(item.Calendar, state.CalendarVersion) : definitions.Calendar(null);

    private ApplicationView ViewOf(ApplicationState state) => Seen(state).View;

    // A state is looked at several times on its way: for its rows, its wake-up, the answer and those who are told, and
    // once more as what the next one differs from.
    private ApplicationOutlook Seen(ApplicationState state)
    {
        if (ReferenceEquals(outlooks.Last?.State, state)) return outlooks.Last;
        if (ReferenceEquals(outlooks.Before?.State, state)) return outlooks.Before;
        var seen = ApplicationOutlook.Of(state, PlannedBy(state));
        outlooks = (seen, outlooks.Last);
        return seen;
    }

    private CaseContribution ContributionOf(ApplicationState state, ImmutableArray<ApplicationEvent> events)
    {
        var (item, seen) = (state.Item!, Seen(state));
        return new CaseContribution(
            state.Number,
            Head,
            item.Department,
            item.Name,
            seen.IsOpen,
            state.Light,
            state.AcceptedAt,
            seen.CompletedAt,
            seen.View.DueAt,
            [.. events.OfType<CardIssued>().Select(card => new BoardCard(state.Number, card.Level, card.IssuedAt, card.Department))]);
    }

    private OneStopException Unknown() => Refusals.Unknown("application", this.GetPrimaryKeyString());

    private void ThrowUnlessCode(string queryCode)
    {
        var (given, kept) = (Encoding.UTF8.GetBytes(HashOf(queryCode)), Encoding.UTF8.GetBytes(State.QueryCodeHash ?? ""));
        if (!CryptographicOperations.FixedTimeEquals(given, kept)) throw Unknown();
    }

    private void ThrowIfUnknown()
    {
        if (!State.Exists) throw Unknown();
    }

    /// <summary>What is known of the person and what was asked, kept encrypted apart from the events.</summary>
    private sealed record Dossier(string Name, string IdNumber, string? Phone, string Form);
}
