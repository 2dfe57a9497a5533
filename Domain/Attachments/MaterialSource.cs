using Orleans;

namespace OneStop.Domain.Attachments;

/// <summary>Where a file is taken over from that another case of the applicant holds (一表制, A4).</summary>
/// <param name="Application">Acceptance number of that case.</param>
/// <param name="Registration">Registration number of its applicant.</param>
[GenerateSerializer, Immutable]
public sealed record MaterialSource(string Application, string Registration);
