using System.Collections.Immutable;

namespace OneStop.Domain.Applications;

/// <summary>Which receipts a case has given (H10, A6). They follow from its record, so one that is printed again says the same.</summary>
public static class CaseReceipts
{
    /// <summary>The receipts, in the order of their dates.</summary>
    /// <param name="events">All events of the case.</param>
    public static ImmutableArray<CaseReceipt> Of(IEnumerable<ApplicationEvent> events)
    {
        var receipts = ImmutableArray.CreateBuilder<CaseReceipt>();
        var state = ApplicationState.Initial;
        foreach (var happened in events)
        {
            state = state.Evolve(happened);
            // What an outside system runs is received, accepted and paid there, and so are its receipts given there.
            if (state is { IsReported: false, Item: not null } && Given(state, happened) is { } receipt)
                receipts.Add(receipt);
        }

        return receipts.ToImmutable();
    }

    private static CaseReceipt? Given(ApplicationState state, ApplicationEvent happened) => happened switch
    {
        ApplicationReceived e => Blank(state, CaseReceiptKind.Received, e.At) with { Things = Named(state, e.Materials) },
        CorrectionRequested e => Blank(state, CaseReceiptKind.Correction, e.At) with { Things = Named(state, e.Missing) },
        ApplicationSupplemented e => Blank(state, CaseReceiptKind.Supplement, e.At) with { Things = Named(state, e.Materials) },
        ApplicationAccepted e => Accepted(state, e.At),
        ApplicationDeemedAccepted e => Accepted(state, e.DeemedAt) with { Deemed = true },
        ApplicationRefused e => Blank(state, CaseReceiptKind.Refusal, e.At) with { Basis = e.Basis, ReasonReference = e.ReasonReference },
        FeePaid e => Blank(state, CaseReceiptKind.Fee, e.At) with { Fee = state.Fee, Basis = state.Fee?.Basis },
        // The reason of a waiver is the applicant's circumstances: it stays in the file.
        FeeWaived e => Blank(state, CaseReceiptKind.Fee, e.At) with { Fee = state.Fee, Basis = e.Basis },
        _ => null,
    };

    private static CaseReceipt Blank(ApplicationState state, CaseReceiptKind kind, DateTimeOffset at) =>
        new(kind, at, state.Number, state.Item!.Name, state.Item.Department, state.Item.Calendar) { ReceivedAt = state.ReceivedAt };

    private static CaseReceipt Accepted(ApplicationState state, DateTimeOffset at) => Blank(state, CaseReceiptKind.Acceptance, at) with
    {
        AcceptedFrom = state.AcceptedAt,
        StatutoryLimit = state.Item!.StatutoryLimit,
        CommittedLimit = state.Item.CommittedLimit,
    };

    private static ImmutableArray<LocalizedText> Named(ApplicationState state, ImmutableArray<string> references) =>
        [.. references.Select(state.NamesOf)];
}
