using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>The fee of a case (收费).</summary>
/// <param name="Order">Under which the payment gateway knows it.</param>
/// <param name="Quantity">How many units of the standard.</param>
/// <param name="AmountInFen">How much, in hundredths of a yuan.</param>
/// <param name="Basis">The rule that sets it.</param>
/// <param name="DemandedAt">When it was demanded.</param>
/// <param name="ClocksStandStill">Whether the clocks stand still until it is settled.</param>
[GenerateSerializer, Immutable]
public sealed record CaseFee(string Order, int Quantity, long AmountInFen, string Basis, DateTimeOffset DemandedAt, bool ClocksStandStill)
{
    /// <summary>When it was paid or waived. Default: null, it is owed.</summary>
    [Id(0)]
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>How it was paid. Default: null, it was not.</summary>
    [Id(1)]
    public PaymentMeans? Means { get; init; }

    /// <summary>Number of its receipt. Default: null, none.</summary>
    [Id(2)]
    public string? Receipt { get; init; }

    /// <summary>The gateway's payments that came in, the one that settled it and those that are to be paid back. Default: none.</summary>
    [Id(3)]
    public ImmutableArray<string> Payments { get; init; } = [];

    /// <summary>The payments that the gateway opened for it. Default: none.</summary>
    [Id(4)]
    public ImmutableArray<string> Opened { get; init; } = [];

    /// <summary>The fee after an event. Total.</summary>
    internal CaseFee Evolve(ApplicationEvent happened) => happened switch
    {
        PaymentOpened e => this with { Opened = Opened.Add(e.Payment) },
        FeePaid e => this with { SettledAt = e.At, Means = e.Means, Receipt = e.Receipt, Payments = e.Payment is null ? Payments : Payments.Add(e.Payment) },
        FeeWaived e => this with { SettledAt = e.At },
        RefundDue e => this with { Payments = Payments.Add(e.Payment) },
        _ => this,
    };

    /// <summary>Where it is.</summary>
    [JsonIgnore]
    public FeeStatus Status => SettledAt is null ? FeeStatus.Demanded : Means is null ? FeeStatus.Waived : FeeStatus.Paid;
}

/// <summary>Where a fee is.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<FeeStatus>))]
public enum FeeStatus
{
    /// <summary>It is owed.</summary>
    Demanded,

    /// <summary>It was paid.</summary>
    Paid,

    /// <summary>It was waived (减免).</summary>
    Waived,
}

/// <summary>How a fee is paid.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<PaymentMeans>))]
public enum PaymentMeans
{
    /// <summary>Cash, at the cashier.</summary>
    Cash,

    /// <summary>By card, at the cashier.</summary>
    Card,

    /// <summary>Bank transfer, entered by the cashier.</summary>
    Transfer,

    /// <summary>Through the payment gateway; only the gateway says so.</summary>
    Gateway,
}

/// <summary>The fee of a case as it is shown.</summary>
/// <param name="AcceptanceNumber">The case.</param>
/// <param name="State">Where it is.</param>
/// <param name="Quantity">How many units of the standard.</param>
/// <param name="AmountInFen">How much, in hundredths of a yuan.</param>
/// <param name="Basis">The rule that sets it.</param>
/// <param name="DemandedAt">When it was demanded.</param>
/// <param name="SettledAt">When it was paid or waived; null while it is owed.</param>
/// <param name="Means">How it was paid; null when it was not.</param>
/// <param name="Receipt">Number of its receipt; null without one.</param>
[GenerateSerializer, Immutable]
public sealed record FeeView(
    string AcceptanceNumber,
    FeeStatus State,
    int Quantity,
    long AmountInFen,
    string Basis,
    DateTimeOffset DemandedAt,
    DateTimeOffset? SettledAt,
    PaymentMeans? Means,
    string? Receipt)
{
    /// <summary>The fee of a case.</summary>
    /// <exception cref="OneStopException"><c>unknown-fee</c>: none was demanded.</exception>
    public static FeeView Of(ApplicationState state) => state.Fee is { } fee
        ? new(state.Number, fee.Status, fee.Quantity, fee.AmountInFen, fee.Basis, fee.DemandedAt, fee.SettledAt, fee.Means, fee.Receipt)
        : throw Refusals.Unknown("fee", state.Number);
}
