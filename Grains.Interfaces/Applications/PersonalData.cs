using System.Collections.Immutable;
using OneStop.Domain.Applications;
using Orleans;

namespace OneStop.Grains.Interfaces.Applications;

/// <summary>Who a case is about. It is never part of a recorded answer.</summary>
/// <param name="RegistrationNumber">The applicant's registration number; empty for a case that an outside system runs.</param>
/// <param name="Name">The name; null when nothing is kept.</param>
/// <param name="IdNumber">The identity number; null when nothing is kept.</param>
/// <param name="Phone">The telephone number; null when none is kept.</param>
/// <param name="ErasedAt">When it was erased; null when it was not.</param>
[GenerateSerializer, Immutable]
public sealed record PersonalDataView(string RegistrationNumber, string? Name, string? IdNumber, string? Phone, DateTimeOffset? ErasedAt);

/// <summary>Corrected values; null leaves one as it is.</summary>
/// <param name="Name">The name.</param>
/// <param name="IdNumber">The identity number.</param>
/// <param name="Phone">The telephone number.</param>
[GenerateSerializer, Immutable]
public sealed record PersonalDataCorrection(string? Name, string? IdNumber, string? Phone)
{
    /// <summary>What is corrected.</summary>
    public ImmutableArray<PersonalDatum> Data =>
    [
        .. Name is null ? [] : new[] { PersonalDatum.Name },
        .. IdNumber is null ? [] : new[] { PersonalDatum.IdNumber },
        .. Phone is null ? [] : new[] { PersonalDatum.Phone },
    ];
}

/// <summary>What became of personal data; the data itself does not stand here, since answers are kept for a day.</summary>
/// <param name="AcceptanceNumber">The case.</param>
/// <param name="RegistrationNumber">The applicant's registration number afterwards.</param>
/// <param name="Corrected">What was corrected.</param>
/// <param name="ErasedAt">When it was erased; null when it was not.</param>
[GenerateSerializer, Immutable]
public sealed record PersonalDataReceipt(string AcceptanceNumber, string RegistrationNumber, ImmutableArray<PersonalDatum> Corrected, DateTimeOffset? ErasedAt);
