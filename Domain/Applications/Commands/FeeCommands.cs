using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>Demands the fee by the item's standard, once. Clerks, and handlers and heads of a department involved.</summary>
/// <param name="Quantity">How many units of the standard, 1 to 10,000.</param>
[GenerateSerializer, Immutable]
public sealed record DemandFee(int Quantity) : ApplicationCommand;

/// <summary>Records a payment at the cashier. Clerks, and handlers and heads of a department involved.</summary>
/// <param name="AmountInFen">How much was paid: what is owed, neither less nor more.</param>
/// <param name="Means">How; not through the gateway.</param>
[GenerateSerializer, Immutable]
public sealed record PayFee(long AmountInFen, PaymentMeans Means) : ApplicationCommand;

/// <summary>Waives the fee (减免). The head of the department in charge.</summary>
/// <param name="Basis">The rule that permits it; required.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason; required.</param>
[GenerateSerializer, Immutable]
public sealed record WaiveFee(string? Basis, string? ReasonReference) : ApplicationCommand;

/// <summary>Records that the gateway opened a payment. The system.</summary>
/// <param name="Payment">The gateway's id of it.</param>
[GenerateSerializer, Immutable]
public sealed record OpenPayment(string Payment) : ApplicationCommand;

/// <summary>Records a payment that the gateway reports, however often. The system.</summary>
/// <param name="Payment">The gateway's id of it.</param>
/// <param name="AmountInFen">How much was paid.</param>
[GenerateSerializer, Immutable]
public sealed record RecordPayment(string Payment, long AmountInFen) : ApplicationCommand;
