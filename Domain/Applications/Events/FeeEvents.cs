using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>The fee was demanded by the item's standard.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who demanded it.</param>
/// <param name="Order">Under which a payment gateway knows it.</param>
/// <param name="Quantity">How many units of the standard.</param>
/// <param name="AmountInFen">How much, in hundredths of a yuan.</param>
/// <param name="Basis">The rule that sets it.</param>
/// <param name="ClocksStandStill">Whether the clocks stand still until it is settled.</param>
[GenerateSerializer, Immutable, EventType("application.fee-demanded", 1)]
public sealed record FeeDemanded(
    DateTimeOffset At, string Actor, string Order, int Quantity, long AmountInFen, string Basis, bool ClocksStandStill) : ApplicationEvent(At, Actor);

/// <summary>The gateway opened a payment for it; nothing is paid yet.</summary>
/// <param name="At">When.</param>
/// <param name="Actor"><c>system</c>.</param>
/// <param name="Payment">The gateway's id of it.</param>
[GenerateSerializer, Immutable, EventType("application.payment-opened", 1)]
public sealed record PaymentOpened(DateTimeOffset At, string Actor, string Payment) : ApplicationEvent(At, Actor);

/// <summary>The fee was paid.</summary>
/// <param name="At">When that was recorded.</param>
/// <param name="Actor">The cashier, or <c>system</c> for the gateway.</param>
/// <param name="AmountInFen">How much.</param>
/// <param name="Means">How.</param>
/// <param name="Payment">The gateway's id of the payment; null at the cashier.</param>
/// <param name="Receipt">Number of the receipt.</param>
[GenerateSerializer, Immutable, EventType("application.fee-paid", 1)]
public sealed record FeePaid(DateTimeOffset At, string Actor, long AmountInFen, PaymentMeans Means, string? Payment, string Receipt)
    : ApplicationEvent(At, Actor);

/// <summary>The fee was waived (减免).</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The head who waived it.</param>
/// <param name="Basis">The rule that permits it.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason.</param>
[GenerateSerializer, Immutable, EventType("application.fee-waived", 1)]
public sealed record FeeWaived(DateTimeOffset At, string Actor, string Basis, string ReasonReference) : ApplicationEvent(At, Actor);

/// <summary>A payment came in though nothing was owed any more: it is to be paid back.</summary>
/// <param name="At">When that was recorded.</param>
/// <param name="Actor"><c>system</c>.</param>
/// <param name="AmountInFen">How much.</param>
/// <param name="Payment">The gateway's id of the payment.</param>
[GenerateSerializer, Immutable, EventType("application.refund-due", 1)]
public sealed record RefundDue(DateTimeOffset At, string Actor, long AmountInFen, string Payment) : ApplicationEvent(At, Actor);
