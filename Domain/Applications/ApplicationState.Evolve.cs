using System.Collections.Immutable;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

public sealed partial record ApplicationState
{
    /// <summary>The case after an event. Total: every event has its effect in every state, also those it should not meet.</summary>
    public ApplicationState Evolve(ApplicationEvent happened)
    {
        var next = happened switch
        {
            ApplicationReceived e => With(e),
            CorrectionRequested e => EndRound(e.At) with { Status = ApplicationStatus.Correcting, CorrectionRequestedAt = e.At, Missing = e.Missing },
            ApplicationSupplemented e => this with
            {
                Status = ApplicationStatus.Received,
                Rounds = Rounds.Add(new(e.At, null)),
                Materials = [.. Materials.Union(e.Materials)],
            },
            MaterialAttached e => this with
            {
                Attachments = Attachments.Add(new(e.Id, e.Material, e.Type, e.Size, e.Sha256, e.At, e.NameReference)),
                Materials = Materials.Contains(e.Material) ? Materials : Materials.Add(e.Material),
            },
            ApplicationAccepted e => EndRound(e.At) with { Status = ApplicationStatus.Accepted, AcceptedAt = e.At, AcceptedBy = e.Actor },
            ApplicationDeemedAccepted e => EndRound(e.DeemedAt) with
            {
                Status = ApplicationStatus.Accepted,
                AcceptedAt = e.EffectiveFrom,
                DeemedAccepted = true,
            },
            ApplicationRefused e => EndRound(e.At) with { Status = ApplicationStatus.Refused, ClosedAt = e.At },
            ApplicationWithdrawn e => EndRound(e.At).EndProcedure(e.At) with { Status = ApplicationStatus.Withdrawn, ClosedAt = e.At },
            ApplicationSuspended e => this with
            {
                Status = ApplicationStatus.Suspended,
                Procedures = Procedures.Add(new(e.Procedure, e.Days, e.From, null)),
            },
            ApplicationResumed e => EndProcedure(e.At) with { Status = StatusOfWork },
            SuspensionRecorded e => this with { Procedures = Procedures.Add(new(e.Procedure, e.Days, e.From, e.To)) },
            ApplicationExtended e => this with { ExtensionWorkingDays = ExtensionWorkingDays + e.WorkingDays },
            ApplicationDecided e => this with { Status = ApplicationStatus.Decided, DecidedAt = e.At, Outcome = e.Outcome },
            LicenceGranted e => this with { Licence = e.Licence },
            ApplicationDelivered e => this with { Status = ApplicationStatus.Delivered, ClosedAt = e.At },
            ApplicationUrged => this with { TimesUrged = TimesUrged + 1 },
            ApplicationSupervised e => this with { SupervisedAt = e.At },
            StageOpened or TokensMoved or StepClaimed or StepReleased or StepCompleted or StepReturned or StepDelegated or StepLightChanged => EvolveSteps(happened),
            ApplicationConverted e => With(e),
            ApplicationMigrated e => With(e),
            StartReported e => With(e),
            ActivityReported e => this with { Activities = Activities.Add(e.Activity) },
            EndReported e => this with { Status = ApplicationStatus.Delivered, ReportedEnd = e.End, ClosedAt = e.End },
            DeadlinesReplanned e => this with { CalendarVersion = e.CalendarVersion },
            TimeRuleChanged e => this with { Item = Item is null ? null : Item with { TimeRule = e.Rule } },
            FeeDemanded e => this with { Fee = new(e.Order, e.Quantity, e.AmountInFen, e.Basis, e.At, e.ClocksStandStill) },
            PaymentOpened or FeePaid or FeeWaived or RefundDue => this with { Fee = Fee?.Evolve(happened) },
            ApplicationArchived e => this with { ArchivedAt = e.At, ArchivedBy = e.RuleCode },
            PersonalDataCorrected e => e.Registration is null ? this : this with { DocumentOwner = DocumentSubject, Registration = e.Registration },
            PersonalDataErased e => this with { PersonalDataErasedAt = e.At, DocumentReference = null },
            FindingRecorded e => this with { Findings = Findings.Add(e.Finding) },
            _ => EvolveCards(happened),
        };
        return next with { LastAt = happened.At };
    }

    private ApplicationStatus StatusOfWork => Steps.IsEmpty ? ApplicationStatus.Accepted : ApplicationStatus.Handling;

    private ApplicationState With(ApplicationReceived e) => this with
    {
        Number = e.Number,
        Registration = e.Registration,
        Item = e.Item,
        Channel = e.Channel,
        Status = ApplicationStatus.Received,
        ReceivedAt = e.At,
        Rounds = [new(e.At, null)],
        Materials = e.Materials,
        Steps = [.. e.Item.Steps.Select(s => new StepState(s.Id, StepStatus.Waiting))],
        DocumentReference = e.DocumentReference,
        QueryCodeHash = e.QueryCodeHash,
        FormAnswers = e.FormAnswers,
        CalendarVersion = e.CalendarVersion,
    };

    private ApplicationState With(ApplicationConverted e) => this with
    {
        Item = e.Item,
        FormAnswers = e.FormAnswers,
        Status = Status == ApplicationStatus.Handling ? ApplicationStatus.Accepted : Status,
        Steps = [.. e.Item.Steps.Select(s => new StepState(s.Id, StepStatus.Waiting))],
        Tokens = [],
    };

    private ApplicationState With(ApplicationMigrated e) => (this with
    {
        Item = e.Item,
        FormAnswers = e.FormAnswers,
        Steps = [.. e.Item.Steps.Select(s => Step(s.Id) ?? new StepState(s.Id, StepStatus.Waiting)).Select(s => e.TakenBack.Contains(s.Id) ? s.TakenBack(e.At) : s)],
        Tokens = e.Tokens,
    }).Open(e.Opened, e.At);

    private ApplicationState Open(ImmutableArray<string> steps, DateTimeOffset at) => this with
    {
        Status = Status == ApplicationStatus.Accepted ? ApplicationStatus.Handling : Status,
        Steps = [.. Steps.Select(s => steps.Contains(s.Id) ? s.Opened(at) : s)],
    };

    private ImmutableArray<string> TokensAfter(StepCompleted e) =>
        Item?.Process is { } process && Step(e.StepId) is { } step && !IsVeto(step with { Outcome = e.Outcome })
            ? [.. Tokens.Concat(process.Out(e.StepId).Select(f => f.Id)).Order(StringComparer.Ordinal)]
            : Tokens;

    // The end may have been reported first; the case then counts as ended.
    private ApplicationState With(StartReported e) => this with
    {
        Number = e.Number,
        Item = e.Item,
        Channel = Channel.Exchange,
        Status = ReportedEnd is null ? ApplicationStatus.Handling : ApplicationStatus.Delivered,
        AcceptedAt = e.Start,
        CalendarVersion = e.CalendarVersion,
    };

    private ApplicationState EvolveSteps(ApplicationEvent happened) => happened switch
    {
        StageOpened e => Open(e.Steps, e.OpenedAt),
        TokensMoved e => Open(e.Steps, e.OpenedAt) with { Tokens = e.Tokens },
        StepReturned e => Change(e.StepId, s => s.Opened(e.At)).Change(e.TakenBack ?? "", s => s.TakenBack(e.At)) with { Tokens = e.Tokens },
        StepDelegated e => Change(e.StepId, s => s with { Status = StepStatus.Claimed, Person = e.To }),
        StepClaimed e => Change(e.StepId, s => s with { Status = StepStatus.Claimed, Person = e.Actor }),
        StepReleased e => Change(e.StepId, s => s with { Status = StepStatus.Open, Person = null }),
        StepCompleted e => Change(e.StepId, s => s with
        {
            Status = StepStatus.Done,
            Person = e.Actor,
            CompletedAt = e.At,
            Outcome = e.Outcome,
            OpinionReference = e.OpinionReference,
        }) with { Tokens = TokensAfter(e) },
        StepLightChanged e => Change(e.StepId, s => s with { Light = e.Light }),
        _ => this,
    };

    private ApplicationState EvolveCards(ApplicationEvent happened) => happened switch
    {
        CardIssued e => this with
        {
            Cards = Cards.Add(new(e.CardId, e.Level, e.Clock, e.Subject, e.Department, e.RuleCode, e.RuleVersion, e.IssuedAt, e.At)),
        },
        CardWithdrawn e => Change(e.CardId, (Card c) => c with { Withdrawal = new(e.At, e.Actor, e.Cause) }),
        CardExplained e => Change(e.CardId, (Card c) => c with { ExplainedAt = e.At }),
        CardUpheld e => Change(e.CardId, (Card c) => c with { UpheldAt = e.At }),
        ExplanationLapsed e => Change(e.CardId, (Card c) => c with { ExplanationLapsedAt = e.LapsedAt }),
        PeopleTold { CardId: { } card } e => Change(card, (Card c) => c with
        {
            Rungs = e.Rung is null ? c.Rungs : c.Rungs.Add(e.Rung),
            Told = [.. c.Told.Union(e.To)],
        }) with { NoticesGiven = NoticesGiven + 1 },
        PeopleTold => this with { NoticesGiven = NoticesGiven + 1 },
        _ => this,
    };

    private ApplicationState Change(string stepId, Func<StepState, StepState> change) =>
        this with { Steps = [.. Steps.Select(s => s.Id == stepId ? change(s) : s)] };

    private ApplicationState Change(string cardId, Func<Card, Card> change) =>
        this with { Cards = [.. Cards.Select(c => c.CardId == cardId ? change(c) : c)] };

    private ApplicationState EndRound(DateTimeOffset at) => this with { Rounds = [.. Rounds.Select(r => r.To is null ? r with { To = at } : r)] };

    private ApplicationState EndProcedure(DateTimeOffset at) =>
        this with { Procedures = [.. Procedures.Select(p => p.To is null ? p with { To = at } : p)] };
}
