using System.Collections.Immutable;
using OneStop.Domain.Catalogue;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>
/// Corrects personal data of the applicant, also of a case that is archived. Clerks, handlers and heads of a department involved,
/// administrators; the applicant the telephone number.
/// </summary>
/// <param name="Data">What is corrected; the values go to the documents.</param>
/// <param name="Registration">The registration number that a corrected identity number gives; null when that is not corrected.</param>
[GenerateSerializer, Immutable]
public sealed record CorrectPersonalData(ImmutableArray<PersonalDatum> Data, string? Registration = null) : ApplicationCommand;

/// <summary>
/// Destroys the personal data of a case whose time of retention is over. Administrators and the head of the department in charge.
/// </summary>
/// <param name="ReasonReference">Reference of the document that holds the reason; required.</param>
/// <param name="InForce">The rule of retention in force, for a case whose item had none when it was received; null when there is none.</param>
[GenerateSerializer, Immutable]
public sealed record ErasePersonalData(string? ReasonReference, RetentionRule? InForce = null) : ApplicationCommand;
