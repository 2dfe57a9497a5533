using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Tests.Applications;

/// <summary>Receipts of a case (H10); accepting, refusing and asking for corrections each give a dated one (article 32, A6).</summary>
public sealed class CaseReceiptTests
{
    private static readonly ItemDefinition Item = Items.ShopLicence with
    {
        Fee = new FeeStandard("粤价", 1_000, new LocalizedText("件", "each")),
        Materials = [new MaterialDefinition { Zh = "身份证", En = "Identity card" }],
    };

    [Fact]
    public void EachTurnGivesADatedReceiptOfWhatCameInAndWhatWasSaid()
    {
        var file = new CaseFile().Do(new ReceiveApplication("A1", "R1", Item, Channel.Desk, ["身份证", "scan-7"]), "2026-03-02 09:00", Actor.Public)
            .Do(new RequestCorrection(["租赁合同"]), "2026-03-03 10:00", Items.Clerk)
            .Do(new SupplementApplication(["lease.pdf"]), "2026-03-04 11:00", Items.Clerk)
            .Do(new AcceptApplication(), "2026-03-05 12:00", Items.Clerk);

        var receipts = CaseReceipts.Of(file.Events);

        Assert.Equal(
            [
                (CaseReceiptKind.Received, Times.At("2026-03-02 09:00"), "身份证 Identity card, scan-7 scan-7"),
                (CaseReceiptKind.Correction, Times.At("2026-03-03 10:00"), "租赁合同 租赁合同"),
                (CaseReceiptKind.Supplement, Times.At("2026-03-04 11:00"), "lease.pdf lease.pdf"),
                (CaseReceiptKind.Acceptance, Times.At("2026-03-05 12:00"), ""),
            ],
            receipts.Select(r => (r.Kind, r.At, string.Join(", ", r.Things.Select(t => $"{t.Zh} {t.En}")))));
        Assert.All(receipts, r => Assert.Equal(("A1", Item.Name, Times.At("2026-03-02 09:00")), (r.AcceptanceNumber, r.Item, r.ReceivedAt)));
        Assert.Equal((Times.At("2026-03-05 12:00"), false), (receipts[3].AcceptedFrom, receipts[3].Deemed));
        Assert.Equal((Item.StatutoryLimit, Item.CommittedLimit), (receipts[3].StatutoryLimit, receipts[3].CommittedLimit));
    }

    [Fact]
    public void WhatCountsAsAcceptedSaysSoAndFromWhen()
    {
        var file = CaseFile.Received(Item, "2026-03-02 09:00").RunUntil("2026-03-12 09:00");

        var accepted = CaseReceipts.Of(file.Events).Single(r => r.Kind == CaseReceiptKind.Acceptance);

        Assert.True(accepted.Deemed);
        Assert.Equal((file.State.AcceptedAt, Times.At("2026-03-10 00:00")), (accepted.AcceptedFrom, accepted.At));
        Assert.Equal(Times.At("2026-03-02 09:00"), accepted.AcceptedFrom);
    }

    [Fact]
    public void ARefusalGivesItsBasisAndReason()
    {
        var file = CaseFile.Received(Item, "2026-03-02 09:00").Do(new RefuseApplication("行政许可法第三十二条", "reason-1"), "2026-03-03 09:00", Items.Clerk);

        var refused = CaseReceipts.Of(file.Events)[^1];

        Assert.Equal((CaseReceiptKind.Refusal, "行政许可法第三十二条", "reason-1"), (refused.Kind, refused.Basis, refused.ReasonReference));
    }

    [Fact]
    public void AFeeGivesAReceiptOnceItIsPaidOrWaivedAndAWaiverKeepsItsReason()
    {
        CaseFile Demanded() => CaseFile.Received(Item, "2026-03-02 09:00").Do(new DemandFee(2), "2026-03-02 10:00", Items.Clerk);
        Assert.DoesNotContain(CaseReceipts.Of(Demanded().Events), r => r.Kind == CaseReceiptKind.Fee);

        var paid = CaseReceipts.Of(Demanded().Do(new PayFee(2_000, PaymentMeans.Cash), "2026-03-03 09:00", Items.Clerk).Events)[^1];
        var waived = CaseReceipts.Of(Demanded().Do(new WaiveFee("财税〔2019〕46号", "reason-1"), "2026-03-04 09:00", Items.Head).Events)[^1];

        Assert.Equal((Times.At("2026-03-03 09:00"), 2_000, PaymentMeans.Cash, "FA1"), (paid.At, paid.Fee!.AmountInFen, paid.Fee.Means, paid.Fee.Receipt));
        Assert.Equal((Times.At("2026-03-04 09:00"), FeeStatus.Waived, "财税〔2019〕46号", null), (waived.At, waived.Fee!.Status, waived.Basis, waived.ReasonReference));
    }

    [Fact]
    public void ACaseOfAnOutsideSystemGivesItsReceiptsThere()
    {
        var file = new CaseFile().Do(
            new ReportStart("P1", ItemDefinition.Reported("permit", "environment", new Domain.Deadlines.CalendarTime(TimeSpan.FromDays(60)), "cn"), Times.At("2026-03-02 09:00"), Times.At("2026-05-02 09:00")),
            "2026-03-02 09:00",
            Actor.System);
        Assert.NotEmpty(file.Events);
        Assert.Empty(CaseReceipts.Of(file.Events));
    }
}
