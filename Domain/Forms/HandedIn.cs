using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Forms;

/// <summary>What an applicant handed in with a case. Personal data: it is never part of an event.</summary>
/// <param name="Application">The case's acceptance number.</param>
/// <param name="Registration">The applicant's registration number.</param>
/// <param name="At">When it was handed in.</param>
/// <param name="Name">The applicant's name.</param>
/// <param name="Phone">The telephone number, if one was given.</param>
/// <param name="Form">The form's answers as JSON.</param>
[GenerateSerializer, Immutable]
public sealed record HandedIn(string Application, string Registration, DateTimeOffset At, string Name, string? Phone, string Form)
{
    /// <summary>The files that the case holds. Default: none.</summary>
    [Id(0)]
    public ImmutableArray<HeldFile> Files { get; init; } = [];
}

/// <summary>An answer that is offered again.</summary>
/// <param name="Field">The field of the form.</param>
/// <param name="Value">The answer as JSON.</param>
/// <param name="Application">Acceptance number of the case in which it was given last.</param>
/// <param name="At">When it was given.</param>
[GenerateSerializer, Immutable]
public sealed record OfferedAnswer(string Field, string Value, string Application, DateTimeOffset At);

/// <summary>What is known of an applicant for an item.</summary>
/// <param name="Registration">The applicant's registration number.</param>
/// <param name="Name">The name last given; null when nothing is known or the applicant asks.</param>
/// <param name="Phone">The telephone number last given; null when nothing is known or the applicant asks.</param>
/// <param name="Answers">Answers that the form would take.</param>
/// <param name="Files">Files of materials that the item asks for.</param>
[GenerateSerializer, Immutable]
public sealed record OneFormOffer(string Registration, string? Name, string? Phone, ImmutableArray<OfferedAnswer> Answers, ImmutableArray<OfferedFile> Files);
