using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Processes;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>A case (办件) as its events made it. Immutable; also the form in which it is kept as a snapshot.</summary>
[GenerateSerializer, Immutable]
public sealed partial record ApplicationState
{
    // Computed anew on the other side of a grain call.
    [NonSerialized]
    private Derived<ApplicationState, ImmutableArray<ApplicationClock>> clocks;

    /// <summary>A case of which nothing is known yet.</summary>
    public static ApplicationState Initial { get; } = new();

    /// <summary>Acceptance number (受理号). Default: empty, not known yet.</summary>
    [Id(0)]
    public string Number { get; init; } = "";

    /// <summary>Registration number (登记号) of the applicant. Default: empty, a reported case has none.</summary>
    [Id(1)]
    public string Registration { get; init; } = "";

    /// <summary>The item in the version of this case. Default: null, not known yet.</summary>
    [Id(2)]
    public ItemDefinition? Item { get; init; }

    /// <summary>Where it came in.</summary>
    [Id(3)]
    public Channel Channel { get; init; }

    /// <summary>Where it is in its course.</summary>
    [Id(4)]
    public ApplicationStatus Status { get; init; }

    /// <summary>When the last event was recorded. Default: null, there is none.</summary>
    [Id(5)]
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>When it was received. Default: null, a reported case is not.</summary>
    [Id(6)]
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The times of waiting for acceptance.</summary>
    [Id(7)]
    public ImmutableArray<AcceptanceRound> Rounds { get; init; } = [];

    /// <summary>When corrections were requested. Default: null, they were not.</summary>
    [Id(8)]
    public DateTimeOffset? CorrectionRequestedAt { get; init; }

    /// <summary>What was said to be missing.</summary>
    [Id(9)]
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>References of the materials handed in.</summary>
    [Id(10)]
    public ImmutableArray<string> Materials { get; init; } = [];

    /// <summary>From when it counts as accepted; the statutory and the committed clock start here. Default: null, it does not.</summary>
    [Id(11)]
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The account that accepted it. Default: null, nobody, or it is deemed accepted.</summary>
    [Id(12)]
    public string? AcceptedBy { get; init; }

    /// <summary>Whether it is accepted because nobody acted in time (article 32).</summary>
    [Id(13)]
    public bool DeemedAccepted { get; init; }

    /// <summary>Its steps, in the order of the item.</summary>
    [Id(14)]
    public ImmutableArray<StepState> Steps { get; init; } = [];

    /// <summary>Its special procedures, in the order they were recorded.</summary>
    [Id(15)]
    public ImmutableArray<SpecialProcedureRun> Procedures { get; init; } = [];

    /// <summary>Working days added by an extension. Default: 0, not extended.</summary>
    [Id(16)]
    public int ExtensionWorkingDays { get; init; }

    /// <summary>When it was decided. Default: null, it is not.</summary>
    [Id(17)]
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The decision. Default: null, none yet.</summary>
    [Id(18)]
    public ApplicationOutcome? Outcome { get; init; }

    /// <summary>When nothing was left to do: delivered, refused, withdrawn or reported as ended. Default: null, it runs.</summary>
    [Id(19)]
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Its cards, in the order of issue, withdrawn ones among them.</summary>
    [Id(20)]
    public ImmutableArray<Card> Cards { get; init; } = [];

    /// <summary>What the inspections found.</summary>
    [Id(21)]
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>What outside systems reported as done.</summary>
    [Id(22)]
    public ImmutableArray<ReportedActivity> Activities { get; init; } = [];

    /// <summary>The reported end. Default: null, none.</summary>
    [Id(23)]
    public DateTimeOffset? ReportedEnd { get; init; }

    /// <summary>Reference of the document with the applicant's data and form. Default: null, none.</summary>
    [Id(24)]
    public string? DocumentReference { get; init; }

    /// <summary>Hash of the query code. Default: null, the public cannot ask.</summary>
    [Id(25)]
    public string? QueryCodeHash { get; init; }

    /// <summary>How often it was urged.</summary>
    [Id(26)]
    public int TimesUrged { get; init; }

    /// <summary>Where tokens wait in its process, see <see cref="Marking"/>. Default: none.</summary>
    [Id(27)]
    public ImmutableArray<string> Tokens { get; init; } = [];

    /// <summary>What its process asks of the form and is answered with yes, see <see cref="FormQuestion"/>. Default: nothing.</summary>
    [Id(28)]
    public ImmutableArray<string> FormAnswers { get; init; } = [];

    /// <summary>How many notices were given about it.</summary>
    [Id(29)]
    public int NoticesGiven { get; init; }

    /// <summary>When the officer put it under supervision (督办). Default: null, it is not.</summary>
    [Id(30)]
    public DateTimeOffset? SupervisedAt { get; init; }

    /// <summary>The version of its calendar that it is planned by. Default: 0, the one that came with the program of the time.</summary>
    [Id(31)]
    public int CalendarVersion { get; init; }

    /// <summary>Number of the licence that its decision made. Default: null, none.</summary>
    [Id(32)]
    public string? Licence { get; init; }

    /// <summary>Its fee. Default: null, none was demanded.</summary>
    [Id(33)]
    public CaseFee? Fee { get; init; }

    /// <summary>When it was archived (归档). Default: null, it is not.</summary>
    [Id(40)]
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>The rule of retention by which it was archived. Default: null, it is not.</summary>
    [Id(43)]
    public string? ArchivedBy { get; init; }

    /// <summary>When its personal data was erased. Default: null, it was not.</summary>
    [Id(41)]
    public DateTimeOffset? PersonalDataErasedAt { get; init; }

    /// <summary>
    /// Whose documents its texts are. Default: null, the registration number's. It stays when a corrected identity number gives another
    /// registration number.
    /// </summary>
    [Id(42)]
    public string? DocumentOwner { get; init; }

    /// <summary>Whose documents its texts are: the applicant's; a case that an outside system runs has its own.</summary>
    [JsonIgnore]
    public string DocumentSubject => DocumentOwner ?? (Registration.Length > 0 ? Registration : "case-" + Number);

    /// <summary>Whether anything is known of it.</summary>
    [JsonIgnore]
    public bool Exists => LastAt is not null;

    /// <summary>Whether an outside system runs it.</summary>
    [JsonIgnore]
    public bool IsReported => Exists && ReceivedAt is null;

    /// <summary>Whether nothing is left to do.</summary>
    [JsonIgnore]
    public bool IsClosed => ClosedAt is not null;

    /// <summary>The highest level in force.</summary>
    [JsonIgnore]
    public Light Light => Cards.Light();

    /// <summary>
    /// Whether a step was rejected or returned and the process does not say what then, so that the case can only be denied.
    /// </summary>
    [JsonIgnore]
    public bool IsVetoed => Steps.Any(IsVeto);

    /// <summary>
    /// Whether the decision can be made: no step that was opened is left, and none is to come unless a step was
    /// rejected. An instant item does not wait for its steps.
    /// </summary>
    [JsonIgnore]
    public bool IsReadyForDecision => Item?.Kind == ItemKind.Instant
        || (Steps.All(s => !s.IsRunning) && (IsVetoed || (Item?.Process is null ? Steps.All(s => s.Status == StepStatus.Done) : Tokens.IsEmpty)));

    /// <summary>Its clocks, see <see cref="ApplicationClocks.Of"/>.</summary>
    [JsonIgnore]
    internal ImmutableArray<ApplicationClock> Clocks => clocks.Of(this, ApplicationClocks.Make);

    /// <summary>
    /// The flows of the item's graph on which tokens wait: for other branches, or because of a veto. Of an item with
    /// stages they follow from its steps: the steps done of the stage that was opened last.
    /// </summary>
    [JsonIgnore]
    internal IEnumerable<string> Marking
    {
        get
        {
            if (Item is not { Process: null } item)
                return Tokens;
            var stage = item.Steps.Where(s => Step(s.Id)!.Status != StepStatus.Waiting).Select(s => s.Stage).DefaultIfEmpty().Max();
            var graph = item.Graph;
            return item.Steps.Where(s => s.Stage == stage && Step(s.Id) is { Status: StepStatus.Done } done && !IsVeto(done))
                .SelectMany(s => graph.Out(s.Id)).Select(f => f.Id);
        }
    }

    /// <summary>Whether a step's outcome binds the decision.</summary>
    internal bool IsVeto(StepState step) =>
        step.Outcome is StepOutcome.Rejected or StepOutcome.Returned && Item?.Process?.Handles(step.Id) != true;

    /// <summary>A step.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The step; null when the case has none of that id.</returns>
    public StepState? Step(string id) => Steps.FirstOrDefault(s => s.Id == id);
}
