using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Grains.Interfaces.Payments;

namespace OneStop.Grains.Payments;

/// <summary>The payment gateway of this installation. The same in every process of a cluster.</summary>
public interface IPaymentGateway
{
    /// <summary>Has a payment opened. For the same order the gateway gives the same payment.</summary>
    /// <param name="order">The order, by which the gateway tells a repetition.</param>
    /// <param name="amountInFen">How much, in hundredths of a yuan.</param>
    /// <param name="subject">What it is for; nothing personal.</param>
    /// <exception cref="OneStopException"><c>gateway-unavailable</c>.</exception>
    Task<PaymentOffer> OpenAsync(string order, long amountInFen, LocalizedText subject);

    /// <summary>Whether a report is the gateway's own and not an old one sent again.</summary>
    bool IsSigned(string signature, ImmutableArray<byte> body);
}

/// <summary>No gateway is set up: fees are paid at the cashier.</summary>
public sealed class NoPaymentGateway : IPaymentGateway
{
    /// <inheritdoc/>
    public Task<PaymentOffer> OpenAsync(string order, long amountInFen, LocalizedText subject) => throw None();

    /// <inheritdoc/>
    public bool IsSigned(string signature, ImmutableArray<byte> body) => throw None();

    private static OneStopException None() => Refusals.Conflict("no-gateway", "No payment gateway is set up here; fees are paid at the cashier.");
}
