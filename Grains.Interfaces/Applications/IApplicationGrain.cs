using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Forms;
using OneStop.Grains.Interfaces.Archive;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Rollouts;
using OneStop.Grains.Interfaces.Supervision;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Applications;

/// <summary>One case (办件); the key is its acceptance number. Its feed is <c>application/{number}</c>.</summary>
public interface IApplicationGrain : IWakeable, IFeedGrain, ICaseFiles
{
    /// <summary>Receives the application.</summary>
    /// <exception cref="Domain.OneStopException"><c>unknown-item</c>, <c>validation</c>.</exception>
    Task<ApplicationReceipt> Receive(CommandInfo info, Actor actor, Intake intake);

    /// <summary>Carries a command of staff out.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="command">The command.</param>
    /// <param name="texts">Texts it refers to, kept apart and encrypted.</param>
    Task<ApplicationView> Execute(CommandInfo info, Actor actor, ApplicationCommand command, ImmutableArray<CaseText> texts);

    /// <summary>Makes it one of another item (A5).</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="item">Code of the other item.</param>
    /// <param name="reason">Why, kept apart and encrypted.</param>
    Task<ApplicationView> Convert(CommandInfo info, Actor actor, string item, CaseText reason);

    /// <summary>Goes on under the version of its item that is in force now (A1).</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="dryRun">Whether to say only what would change.</param>
    Task<MigrationReport> Migrate(CommandInfo info, Actor actor, bool dryRun);

    /// <summary>Follows a changed calendar, time rule or item, or says what following it would do.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who ordered the rollout, as the system.</param>
    /// <param name="step">What to follow.</param>
    Task<CaseChange> Follow(CommandInfo info, Actor actor, RolloutStep step);

    /// <summary>Records what an outside system reported, whatever its order.</summary>
    Task Report(CommandInfo info, ApplicationCommand fact);

    /// <summary>Records that a case of an outside system started, told by somebody who may do so; later facts come by <see cref="Execute"/>.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who reports it.</param>
    /// <param name="item">Code of the item.</param>
    /// <param name="start">When it started.</param>
    /// <param name="deadline">The deadline set there, in place of the item's limits; null for none.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-item</c>, <c>not-allowed</c>, <c>wrong-state</c>, <c>archived</c>, <c>validation</c>.</exception>
    Task<ApplicationView> ReportStart(CommandInfo info, Actor actor, string item, DateTimeOffset start, DateTimeOffset? deadline);

    /// <summary>The case as staff see it.</summary>
    [ReadOnly]
    Task<ApplicationView> View();

    /// <summary>The case as its applicant sees it; the same refusal for a wrong code and an unknown number.</summary>
    [ReadOnly]
    Task<ApplicationView> ViewByCode(string queryCode);

    /// <summary>The same for a command about its fee, answered by what became of that.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="command">The command.</param>
    /// <param name="texts">Texts it refers to, kept apart and encrypted.</param>
    Task<FeeView> ExecuteFee(CommandInfo info, Actor actor, ApplicationCommand command, ImmutableArray<CaseText> texts);

    /// <summary>The same for a command about one of its cards, answered by what became of that.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="card">The card's id.</param>
    /// <param name="command">The command.</param>
    /// <param name="texts">Texts it refers to, kept apart and encrypted.</param>
    Task<CardRecord> ExecuteOnCard(CommandInfo info, Actor actor, string card, ApplicationCommand command, ImmutableArray<CaseText> texts);

    /// <summary>Its fee.</summary>
    /// <param name="queryCode">The applicant's query code; null when staff ask.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-application</c>, <c>unknown-fee</c>.</exception>
    [ReadOnly]
    Task<FeeView> Fee(string? queryCode);

    /// <summary>The receipts it has given so far, in the order of their dates.</summary>
    /// <param name="queryCode">The applicant's query code; null when staff ask.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-application</c>.</exception>
    [ReadOnly]
    Task<ImmutableArray<CaseReceipt>> Receipts(string? queryCode);

    /// <summary>Who it is about.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="queryCode">The applicant's query code; null when staff ask.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-application</c>, <c>not-allowed</c>.</exception>
    [ReadOnly]
    Task<PersonalDataView> PersonalData(Actor actor, string? queryCode);

    /// <summary>Corrects what is kept of the applicant.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="queryCode">The applicant's query code; null when staff act.</param>
    /// <param name="correction">The right values.</param>
    Task<PersonalDataReceipt> CorrectPersonalData(CommandInfo info, Actor actor, string? queryCode, PersonalDataCorrection correction);

    /// <summary>Destroys what is kept of the applicant, and every text of the case.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="reason">Why; it stays.</param>
    Task<PersonalDataReceipt> ErasePersonalData(CommandInfo info, Actor actor, CaseText? reason);

    /// <summary>The archived case as a file of its own; who may not see the personal data gets it without the applicant's document.</summary>
    /// <param name="actor">Who asks.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-application</c>, <c>not-archived</c>.</exception>
    [ReadOnly]
    Task<CaseExport> Export(Actor actor);

    /// <summary>What its applicant handed in; null for a reported case, after an erasure and for somebody who may not read it.</summary>
    /// <param name="actor">Who asks; the applicant has shown the query code of this or another case of theirs.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-application</c>.</exception>
    [ReadOnly]
    Task<HandedIn?> HandedIn(Actor actor);

    /// <summary>Everything that happened, in order; who may not read the files is not told their names.</summary>
    /// <param name="actor">Who asks.</param>
    [ReadOnly]
    Task<ImmutableArray<TimelineEntry>> Timeline(Actor actor);

    /// <summary>Each clock with its counted and uncounted days and why (A10).</summary>
    [ReadOnly]
    Task<ImmutableArray<ClockExplanation>> Deadlines();
}

/// <summary>An application as it comes in. Personal data stays out of the record's events.</summary>
/// <param name="Item">Code of the item.</param>
/// <param name="Name">The applicant's name.</param>
/// <param name="IdNumber">The applicant's identity number.</param>
/// <param name="Phone">The applicant's telephone number.</param>
/// <param name="Form">The form's answers as JSON.</param>
/// <param name="Materials">References of the materials.</param>
/// <param name="Channel">Where it came in.</param>
/// <param name="QueryCode">The code by which the applicant may ask, made at the edge.</param>
[GenerateSerializer, Immutable]
public sealed record Intake(
    string Item,
    string Name,
    string IdNumber,
    string? Phone,
    string Form,
    ImmutableArray<string> Materials,
    Channel Channel,
    string QueryCode);

/// <summary>The receipt of an application.</summary>
[GenerateSerializer, Immutable]
public sealed record ApplicationReceipt(
    string AcceptanceNumber,
    string RegistrationNumber,
    string QueryCode,
    ApplicationStatus State,
    DateTimeOffset? DueAt,
    bool Provisional);

/// <summary>A text of a case that may hold personal data: a reason, an opinion.</summary>
/// <param name="Reference">What the event refers to it by, made at the edge.</param>
/// <param name="Text">The text.</param>
[GenerateSerializer, Immutable]
public sealed record CaseText(string Reference, string Text);

/// <summary>An event of a case for people.</summary>
/// <param name="Seq">Its place in the record.</param>
/// <param name="At">When it happened.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="Type">Its recorded type.</param>
/// <param name="Data">What was recorded, as JSON; texts are written out in place of their references.</param>
[GenerateSerializer, Immutable]
public sealed record TimelineEntry(long Seq, DateTimeOffset At, string Actor, string Type, string Data);
