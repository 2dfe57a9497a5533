using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>A file was handed in for a material (电子影像). It was durable before this was recorded.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who handed it in.</param>
/// <param name="Id">Its number within the case, from 1.</param>
/// <param name="Material">The material's Chinese name, or what was said to be missing.</param>
/// <param name="Type">Its media type, by its content.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, hexadecimal; under it the file is kept.</param>
/// <param name="Subject">Whose data it is kept among.</param>
/// <param name="NameReference">Reference of the document that holds its name.</param>
[GenerateSerializer, Immutable, EventType("application.material-attached", 1)]
public sealed record MaterialAttached(
    DateTimeOffset At, string Actor, int Id, string Material, string Type, long Size, string Sha256, string Subject, string NameReference)
    : ApplicationEvent(At, Actor)
{
    /// <summary>Acceptance number of the applicant's other case that it was taken over from. Default: null, it was sent.</summary>
    [Id(0)]
    public string? From { get; init; }
}
