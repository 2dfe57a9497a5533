using System.Collections.Immutable;
using OneStop.Domain;
using Orleans;

namespace OneStop.Grains.Interfaces.Payments;

/// <summary>Payments through the gateway; the key is <see cref="Key"/>.</summary>
public interface IPaymentGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "payments";

    /// <summary>Has the gateway open a payment for the fee of a case. Asked again, the gateway gives the same one.</summary>
    /// <param name="application">Acceptance number.</param>
    /// <param name="queryCode">The applicant's query code; null when staff ask.</param>
    /// <exception cref="OneStopException">
    /// <c>no-gateway</c>, <c>gateway-unavailable</c>, <c>unknown-application</c>, <c>unknown-fee</c>, <c>already-settled</c>.
    /// </exception>
    Task<PaymentOffer> Open(string application, string? queryCode);

    /// <summary>Takes what the gateway reports. The same report again has no further effect.</summary>
    /// <param name="signature">The report's signature.</param>
    /// <param name="body">The report as it was signed.</param>
    /// <param name="report">What it says.</param>
    /// <exception cref="OneStopException"><c>no-gateway</c>, <c>bad-signature</c>, <c>unknown-payment</c>, <c>wrong-amount</c>.</exception>
    Task Take(string signature, ImmutableArray<byte> body, PaymentReport report);
}

/// <summary>A payment that the gateway opened.</summary>
/// <param name="Payment">The gateway's id of it.</param>
/// <param name="Url">Where the applicant pays.</param>
[GenerateSerializer, Immutable]
public sealed record PaymentOffer(string Payment, string Url);

/// <summary>What the gateway reports.</summary>
/// <param name="Order">The order it was given.</param>
/// <param name="Payment">Its id of the payment.</param>
/// <param name="AmountInFen">How much, in hundredths of a yuan.</param>
/// <param name="Paid">Whether it was paid; otherwise it failed, which changes nothing here.</param>
[GenerateSerializer, Immutable]
public sealed record PaymentReport(string Order, string Payment, long AmountInFen, bool Paid);
