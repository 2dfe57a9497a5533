using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>
/// Explains a yellow or red card (陈述申辩), once and within the time its rule gives from its record on. Handlers and
/// heads of the department that answers for it.
/// </summary>
/// <param name="CardId">The card.</param>
/// <param name="TextReference">Reference of the document that holds the explanation; required.</param>
[GenerateSerializer, Immutable]
public sealed record ExplainCard(string CardId, string? TextReference) : ApplicationCommand;

/// <summary>Upholds a card that was explained, or not in time. Supervision officers.</summary>
/// <param name="CardId">The card.</param>
[GenerateSerializer, Immutable]
public sealed record UpholdCard(string CardId) : ApplicationCommand;

/// <summary>Withdraws a card; it is not issued again for the same instant. Supervision officers.</summary>
/// <param name="CardId">The card.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason; required.</param>
[GenerateSerializer, Immutable]
public sealed record WithdrawCard(string CardId, string? ReasonReference) : ApplicationCommand;

/// <summary>Urges the case (催办). Supervision officers and heads.</summary>
/// <param name="CardId">The card it is urged for; null without one.</param>
[GenerateSerializer, Immutable]
public sealed record UrgeApplication(string? CardId = null) : ApplicationCommand;

/// <summary>Puts the case under supervision (督办), once. Supervision officers.</summary>
/// <param name="CardId">The card it is done for; null without one.</param>
/// <param name="ReasonReference">Reference of the document that says what is expected; required.</param>
[GenerateSerializer, Immutable]
public sealed record SuperviseApplication(string? CardId, string? ReasonReference) : ApplicationCommand;

/// <summary>
/// Plans the deadlines again after a calendar changed (A11): the rule book holds the calendar now in force and the one
/// before. Any other decision does so first, too. To try it out, decide and do not record. Administrators and the system.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record ReplanApplication : ApplicationCommand;

/// <summary>
/// Brings another time rule into force for a running case (S5): cards are withdrawn and issued as it says. To try it out,
/// decide and do not record. Administrators and the system.
/// </summary>
/// <param name="Rule">The rule.</param>
[GenerateSerializer, Immutable]
public sealed record ChangeTimeRule(Supervision.TimeRule Rule) : ApplicationCommand;
