using System.Collections.Immutable;
using OneStop.Domain.Calendars;

namespace OneStop.Domain.Applications;

/// <summary>The course of a case (办件), by the Administrative Licensing Law and the rules of its item.</summary>
public static class ApplicationRules
{
    /// <summary>
    /// Decides what a command does. Before the command takes effect, the case is planned by the calendar in force, and everything that
    /// was due strictly before now is recorded, so that a late wake-up loses no card. A refused command records nothing.
    /// </summary>
    /// <param name="state">The case.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="book">The calendar of the case's item.</param>
    /// <param name="now">The present; events are recorded at it, or at the last event's time when that is later.</param>
    /// <returns>
    /// Events, or a refusal: <c>unknown-application</c>, <c>unknown-step</c>, <c>unknown-card</c>, <c>not-allowed</c>,
    /// <c>wrong-state</c>, <c>validation</c>, <c>already-corrected</c>, <c>already-extended</c>, <c>already-claimed</c>,
    /// <c>already-explained</c>, <c>already-supervised</c>, <c>already-received</c>, <c>deadline-passed</c>, <c>steps-open</c>, <c>step-rejected</c>,
    /// <c>no-fee</c>, <c>already-demanded</c>, <c>not-demanded</c>, <c>already-settled</c>, <c>fee-unpaid</c>, <c>unknown-payment</c>, <c>wrong-amount</c>,
    /// <c>archived</c>, <c>not-archived</c>, <c>case-running</c>, <c>no-retention-rule</c>, <c>retention-not-passed</c>, <c>personal-data-erased</c>,
    /// <c>no-personal-data</c>.
    /// </returns>
    /// <exception cref="ArgumentException">The rule book holds another calendar than the item's.</exception>
    public static Decision<ApplicationEvent> Decide(
        ApplicationState state,
        ApplicationCommand command,
        Actor actor,
        RuleBook book,
        DateTimeOffset now)
    {
        if (state.Item is { } item && item.Calendar != book.Calendar.Code)
            throw new ArgumentException($"Case {state.Number} counts by calendar {item.Calendar}, not {book.Calendar.Code}.", nameof(book));
        if (command is WakeUp wakeUp)
            return AtWakeUp(state, book, Instants.Later(now, wakeUp.Due.ToMicroseconds()));

        var deliberation = new Deliberation(state, actor, book, NotBefore(state, now));
        ReplanRules.Follow(deliberation, command is ReplanApplication ? actor.User : Actor.System.User);
        DueEffects.Settle(deliberation, deliberation.At, inclusive: false, clock => clock.StoppedAt is null);
        RetentionRules.Settle(deliberation, instant => instant < deliberation.At);
        if (Carry(deliberation, command) is { } refusal)
            return refusal;
        var late = command is RecordSuspension or SuspendApplication { From: not null } or ReportStart or ReportEnd;
        var moment = command is ReportEnd report ? Instants.Later(deliberation.At, report.End) : deliberation.At;
        DueEffects.Settle(deliberation, moment, inclusive: false, clock => late || clock.StoppedAt is not { } stopped || stopped >= deliberation.At);
        return deliberation.Events;
    }

    /// <summary>
    /// The next instant at which something becomes due: a card, the light of a step, or acceptance by silence. Earlier
    /// than now when a wake-up is late; null when nothing is to come.
    /// </summary>
    /// <param name="state">The case.</param>
    /// <param name="book">The calendar of the case's item.</param>
    public static DateTimeOffset? NextWakeUp(ApplicationState state, RuleBook book) =>
        NextDue(state, ApplicationClocks.Of(state), book.Calendar);

    internal static DateTimeOffset? NextDue(ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar) =>
        DueEffects.Next(state, clocks, calendar) ?? RetentionRules.Next(state, clocks, calendar);

    private static Decision<ApplicationEvent> AtWakeUp(ApplicationState state, RuleBook book, DateTimeOffset moment)
    {
        var deliberation = new Deliberation(state, Actor.System, book, NotBefore(state, moment));
        ReplanRules.Follow(deliberation, Actor.System.User);
        DueEffects.Settle(deliberation, deliberation.At, inclusive: true, clock => clock.StoppedAt is null);
        RetentionRules.Settle(deliberation, instant => instant <= deliberation.At);
        return deliberation.Events;
    }

    private static DateTimeOffset NotBefore(ApplicationState state, DateTimeOffset now) =>
        state.LastAt is { } last ? Instants.Later(now.ToMicroseconds(), last) : now.ToMicroseconds();

    private static OneStopException? Carry(Deliberation d, ApplicationCommand command)
    {
        if (!d.State.Exists && command is not (ReceiveApplication or ReportStart or ReportActivity or ReportEnd))
            return Refusals.Unknown("application", d.State.Number);
        if (RetentionRules.Archived(d, command) is { } archived)
            return archived;
        return command switch
        {
            ReceiveApplication c => IntakeRules.Receive(d, c),
            AcceptApplication => IntakeRules.Accept(d),
            RequestCorrection c => IntakeRules.RequestCorrection(d, c),
            SupplementApplication c => IntakeRules.Supplement(d, c),
            RefuseApplication c => IntakeRules.Refuse(d, c),
            ClaimStep c => StepRules.Claim(d, c),
            ReleaseStep c => StepRules.Release(d, c),
            CompleteStep c => StepRules.Complete(d, c),
            ReturnStep c => ReturnRules.Return(d, c),
            DelegateStep c => StepRules.Delegate(d, c),
            ConvertApplication c => ItemRules.Convert(d, c),
            MigrateApplication c => ItemRules.Migrate(d, c),
            SuspendApplication c => ProcedureRules.Suspend(d, c),
            ResumeApplication => ProcedureRules.Resume(d),
            RecordSuspension c => ProcedureRules.Enter(d, c),
            ExtendApplication c => DecisionRules.Extend(d, c),
            WithdrawApplication => DecisionRules.Withdraw(d),
            DecideApplication c => DecisionRules.Decide(d, c),
            DeliverApplication => DecisionRules.Deliver(d),
            ExplainCard c => CardRules.Explain(d, c),
            UpholdCard c => CardRules.Uphold(d, c),
            WithdrawCard c => CardRules.Withdraw(d, c),
            UrgeApplication c => CardRules.Urge(d, c),
            SuperviseApplication c => CardRules.Supervise(d, c),
            DemandFee c => FeeRules.Demand(d, c),
            PayFee c => FeeRules.Pay(d, c),
            WaiveFee c => FeeRules.Waive(d, c),
            OpenPayment c => FeeRules.Open(d, c),
            RecordPayment c => FeeRules.Enter(d, c),
            CorrectPersonalData c => PersonalDataRules.Correct(d, c),
            ErasePersonalData c => RetentionRules.Erase(d, c),
            ReplanApplication => ReplanRules.Replan(d),
            ChangeTimeRule c => ReplanRules.ChangeTimeRule(d, c.Rule),
            ReportStart c => ReportRules.Start(d, c),
            ReportActivity c => ReportRules.Activity(d, c),
            ReportEnd c => ReportRules.End(d, c),
            _ => throw new ArgumentException($"Command {command.GetType().Name} is not known.", nameof(command)),
        };
    }
}
