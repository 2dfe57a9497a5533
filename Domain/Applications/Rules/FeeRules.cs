using System.Collections.Immutable;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Notices;

namespace OneStop.Domain.Applications;

/// <summary>Fees (收费, A14): demanded by the standard, paid or waived once, and the work that waits for it.</summary>
internal static class FeeRules
{
    private const int MostUnits = 10_000;

    public static OneStopException? Demand(Deliberation d, DemandFee command)
    {
        if (!d.MayTakeIn())
            return Permissions.Refused("clerks and the staff of a department involved");
        if (d.State.Item?.Fee is not { AmountInFen: > 0 } standard || d.State.IsReported)
            return Refusals.Conflict("no-fee", "This item costs nothing.");
        if (d.State.IsClosed)
            return d.WrongState("open");
        if (d.State.Fee is not null)
            return Refusals.Conflict("already-demanded", "The fee of this application was demanded; it is demanded once.");
        if (command.Quantity is < 1 or > MostUnits)
            return Refusals.Validation("/quantity", "out-of-range", $"A fee is for 1 to {MostUnits} units of its standard.");
        d.Record(new FeeDemanded(
            d.At, d.By, d.State.Number + ".fee", command.Quantity, standard.AmountInFen * command.Quantity, standard.Basis, standard.ClocksStandStill));
        if (d.State.DocumentReference is { } document)
            Tellings.Tell(d, NoticeKind.FeeDemanded, null, null, [Audience.Person(d.State.DocumentSubject, document)]);
        return null;
    }

    public static OneStopException? Pay(Deliberation d, PayFee command)
    {
        if (!d.MayTakeIn())
            return Permissions.Refused("the cashier and the staff of a department involved");
        if (Owed(d, out var fee) is { } refusal)
            return refusal;
        if (command.Means is PaymentMeans.Gateway || !Enum.IsDefined(command.Means))
            return Refusals.Validation("/means", "not-at-the-cashier", "A cashier takes cash, a card or a transfer.");
        if (command.AmountInFen != fee.AmountInFen)
            return Refusals.Validation("/amountInFen", "wrong-amount", $"What is owed is {fee.AmountInFen} fen, neither less nor more.");
        Settle(d, fee, command.Means, null);
        return null;
    }

    public static OneStopException? Waive(Deliberation d, WaiveFee command)
    {
        if (!d.Actor.Heads(d.State.Item?.Department ?? ""))
            return Permissions.Refused("the head of the department in charge");
        if (Owed(d, out _) is { } refusal)
            return refusal;
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (string.IsNullOrWhiteSpace(command.Basis))
            faults.Add(new("/basis", "required", "A waiver names the rule that permits it."));
        if (string.IsNullOrWhiteSpace(command.ReasonReference))
            faults.Add(new("/reason", "required", "A waiver gives its reason."));
        if (faults.Count > 0)
            return Refusals.Validation(faults.ToArray());
        d.Record(new FeeWaived(d.At, d.By, command.Basis!, command.ReasonReference!));
        return null;
    }

    public static OneStopException? Open(Deliberation d, OpenPayment command)
    {
        if (!d.Actor.Is(Role.System))
            return Permissions.Refused("the payment gateway");
        if (Owed(d, out var fee) is { } refusal)
            return refusal;
        if (!fee.Opened.Contains(command.Payment))
            d.Record(new PaymentOpened(d.At, d.By, command.Payment));
        return null;
    }

    // Money that has come in is recorded whatever became of the case meanwhile: somebody must pay it back.
    public static OneStopException? Enter(Deliberation d, RecordPayment command)
    {
        if (!d.Actor.Is(Role.System))
            return Permissions.Refused("the payment gateway");
        if (d.State.Fee is not { } fee)
            return Refusals.Unknown("payment", command.Payment);
        if (command.AmountInFen != fee.AmountInFen)
            return Refusals.Conflict("wrong-amount", $"What is owed is {fee.AmountInFen} fen, neither less nor more.");
        if (fee.Payments.Contains(command.Payment))
            return null;
        if (fee.SettledAt is null && !d.State.IsClosed)
            Settle(d, fee, PaymentMeans.Gateway, command.Payment);
        else
            d.Record(new RefundDue(d.At, d.By, command.AmountInFen, command.Payment));
        return null;
    }

    /// <summary>The refusal of work that waits for the payment; null when it does not wait.</summary>
    public static OneStopException? Waits(Deliberation d, FeeGate gate, string? step = null) =>
        d.State.Item?.Fee is { AmountInFen: > 0 } standard && standard.Gate == gate && standard.GatedStep == step && d.State.Fee?.SettledAt is null
            ? Refusals.Conflict("fee-unpaid", "This waits until the fee is paid or waived.")
            : null;

    private static OneStopException? Owed(Deliberation d, out CaseFee fee)
    {
        fee = d.State.Fee!;
        if (fee is null)
            return Refusals.Conflict("not-demanded", "No fee was demanded for this application; demand it first.");
        if (fee.SettledAt is not null)
            return Refusals.Conflict("already-settled", $"The fee of this application was {CamelCase.Of(fee.Status)}.");
        return d.State.IsClosed ? d.WrongState("open") : null;
    }

    // A case has one fee at most, so its receipt needs no register to get a number from.
    private static void Settle(Deliberation d, CaseFee fee, PaymentMeans means, string? payment) =>
        d.Record(new FeePaid(d.At, d.By, fee.AmountInFen, means, payment, "F" + d.State.Number));
}
