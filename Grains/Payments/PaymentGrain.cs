using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Payments;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Payments;

/// <summary>Between cases and the gateway: a case never waits for the gateway, only whoever wants to pay does.</summary>
[StatelessWorker]
public sealed class PaymentGrain(IPaymentGateway gateway) : Grain, IPaymentGrain
{
    private const string OrderEnding = ".fee";
    private static readonly CommandInfo Info = new("payments", "", "", MayRepeat: false, "system");

    /// <inheritdoc/>
    public async Task<PaymentOffer> Open(string application, string? queryCode)
    {
        var grain = GrainFactory.GetGrain<IApplicationGrain>(application);
        var fee = await grain.Fee(queryCode);
        if (fee.State != FeeStatus.Demanded) throw Refusals.Conflict("already-settled", $"The fee of this application was {CamelCase.Of(fee.State)}.");
        var subject = new LocalizedText($"办件 {application} 收费", $"Fee of case {application}");
        var offer = await gateway.OpenAsync(application + OrderEnding, fee.AmountInFen, subject);
        await grain.Execute(Info, Actor.System, new OpenPayment(offer.Payment), []);
        return offer;
    }

    /// <inheritdoc/>
    public async Task Take(string signature, ImmutableArray<byte> body, PaymentReport report)
    {
        if (!gateway.IsSigned(signature, body))
            throw new OneStopException(RefusalKind.NotSignedIn, "bad-signature", "The report is not signed with the shared secret, or too old.");
        if (!report.Paid) return;
        if (!report.Order.EndsWith(OrderEnding, StringComparison.Ordinal) || report.Order.Length <= OrderEnding.Length)
            throw Refusals.Unknown("payment", report.Payment);
        await GrainFactory.GetGrain<IApplicationGrain>(report.Order[..^OrderEnding.Length])
            .Execute(Info, Actor.System, new RecordPayment(report.Payment, report.AmountInFen), []);
    }
}
