using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>Begins a special procedure (article 45). Handlers and heads of a department involved.</summary>
/// <param name="Procedure">The procedure.</param>
/// <param name="Days">Its announced length, 1 to 1000 working days.</param>
/// <param name="From">When it began, when that was earlier; null for now.</param>
[GenerateSerializer, Immutable]
public sealed record SuspendApplication(SpecialProcedure Procedure, int Days, DateTimeOffset? From = null) : ApplicationCommand;

/// <summary>Ends the special procedure. Handlers and heads of a department involved.</summary>
[GenerateSerializer, Immutable]
public sealed record ResumeApplication : ApplicationCommand;

/// <summary>
/// Enters a special procedure that began and ended before now, also after the decision: deadlines and cards are
/// computed again (S5). Handlers and heads of a department involved, and officers; in a case that an outside system runs, officers,
/// administrators and the system.
/// </summary>
/// <param name="Procedure">The procedure.</param>
/// <param name="Days">Its announced length, 1 to 1000 working days.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended.</param>
[GenerateSerializer, Immutable]
public sealed record RecordSuspension(SpecialProcedure Procedure, int Days, DateTimeOffset From, DateTimeOffset To) : ApplicationCommand;

/// <summary>Extends the time limit, once and before it ends (article 42). The head of the department in charge.</summary>
/// <param name="ReasonReference">Reference of the document that holds the reason told to the applicant; required.</param>
[GenerateSerializer, Immutable]
public sealed record ExtendApplication(string? ReasonReference) : ApplicationCommand;

/// <summary>Records that the applicant withdraws. The applicant, clerks, and handlers and heads of a department involved.</summary>
[GenerateSerializer, Immutable]
public sealed record WithdrawApplication : ApplicationCommand;

/// <summary>Decides. Handlers and the head of the department in charge.</summary>
/// <param name="Outcome">Granted or denied.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason; required to deny.</param>
[GenerateSerializer, Immutable]
public sealed record DecideApplication(ApplicationOutcome Outcome, string? ReasonReference) : ApplicationCommand;

/// <summary>Delivers the decision. Clerks, and handlers and heads of a department involved.</summary>
[GenerateSerializer, Immutable]
public sealed record DeliverApplication : ApplicationCommand;
