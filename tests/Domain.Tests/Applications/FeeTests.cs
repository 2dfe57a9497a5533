using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Tests.Applications;

/// <summary>Fees (收费, A14): demanded by the standard, settled once, and the work that waits for it.</summary>
public sealed class FeeTests
{
    private static readonly FeeStandard Standard = new("粤价", 1_000, new LocalizedText("件", "each"));

    [Fact]
    public void AFeeIsTheStandardTimesItsUnitsAndIsDemandedOnce()
    {
        var file = CaseFile.Received(With(Standard), "2026-03-02 09:00");

        Assert.Equal("not-allowed", file.Refusal(new DemandFee(3), "2026-03-02 10:00", Actor.Public));
        Assert.Equal("validation", file.Refusal(new DemandFee(0), "2026-03-02 10:00", Items.Clerk));
        file.Do(new DemandFee(3), "2026-03-02 10:00", Items.Clerk);

        Assert.Equal((3_000, FeeStatus.Demanded), (file.State.Fee!.AmountInFen, file.State.Fee.Status));
        Assert.Equal("already-demanded", file.Refusal(new DemandFee(3), "2026-03-02 10:00", Items.Clerk));
        Assert.Equal("no-fee", CaseFile.Received(Items.ShopLicence, "2026-03-02 09:00").Refusal(new DemandFee(1), "2026-03-02 10:00", Items.Clerk));
    }

    [Fact]
    public void ItIsSettledOnceForWhatIsOwed()
    {
        var file = CaseFile.Received(With(Standard), "2026-03-02 09:00");
        Assert.Equal("not-demanded", file.Refusal(new PayFee(1_000, PaymentMeans.Cash), "2026-03-02 10:00", Items.Clerk));
        file.Do(new DemandFee(1), "2026-03-02 10:00", Items.Clerk);

        Assert.Equal("validation", file.Refusal(new PayFee(999, PaymentMeans.Cash), "2026-03-02 11:00", Items.Clerk));
        Assert.Equal("validation", file.Refusal(new PayFee(1_000, PaymentMeans.Gateway), "2026-03-02 11:00", Items.Clerk));
        file.Do(new PayFee(1_000, PaymentMeans.Card), "2026-03-02 11:00", Items.Clerk);

        Assert.Equal((FeeStatus.Paid, "FA1"), (file.State.Fee!.Status, file.State.Fee.Receipt));
        Assert.Equal("already-settled", file.Refusal(new PayFee(1_000, PaymentMeans.Card), "2026-03-02 12:00", Items.Clerk));
        Assert.Equal("already-settled", file.Refusal(new WaiveFee("b", "r"), "2026-03-02 12:00", Items.Head));
    }

    [Fact]
    public void AWaiverIsTheHeadsAndGivesItsBasisAndReason()
    {
        var file = CaseFile.Received(With(Standard), "2026-03-02 09:00").Do(new DemandFee(1), "2026-03-02 10:00", Items.Clerk);

        Assert.Equal("not-allowed", file.Refusal(new WaiveFee("b", "r"), "2026-03-02 11:00", Items.Handler));
        Assert.Equal("validation", file.Refusal(new WaiveFee("", null), "2026-03-02 11:00", Items.Head));
        file.Do(new WaiveFee("财税〔2019〕46号", "r"), "2026-03-02 11:00", Items.Head);

        Assert.Equal((FeeStatus.Waived, null), (file.State.Fee!.Status, file.State.Fee.Receipt));
    }

    [Fact]
    public void WhatTheGatewayReportsTwiceCountsOnceAndASecondPaymentIsToBePaidBack()
    {
        var file = CaseFile.Received(With(Standard), "2026-03-02 09:00").Do(new DemandFee(1), "2026-03-02 10:00", Items.Clerk);
        Assert.Equal("not-allowed", file.Refusal(new RecordPayment("p1", 1_000), "2026-03-02 11:00", Items.Clerk));
        Assert.Equal("wrong-amount", file.Refusal(new RecordPayment("p1", 1), "2026-03-02 11:00", Actor.System));

        foreach (var payment in new[] { "p1", "p1", "p2", "p2" })
            file.Do(new RecordPayment(payment, 1_000), "2026-03-02 11:00", Actor.System);

        Assert.Single(file.Events.OfType<FeePaid>());
        Assert.Equal("p2", Assert.Single(file.Events.OfType<RefundDue>()).Payment);
    }

    [Fact]
    public void MoneyThatComesForAClosedCaseIsToBePaidBack()
    {
        var file = CaseFile.Received(With(Standard), "2026-03-02 09:00").Do(new DemandFee(1), "2026-03-02 10:00", Items.Clerk)
            .Do(new WithdrawApplication(), "2026-03-02 11:00", Items.Clerk);

        file.Do(new RecordPayment("p1", 1_000), "2026-03-02 12:00", Actor.System);

        Assert.Single(file.Events.OfType<RefundDue>());
        Assert.Equal("wrong-state", file.Refusal(new PayFee(1_000, PaymentMeans.Cash), "2026-03-02 12:00", Items.Clerk));
    }

    [Theory]
    [InlineData(FeeGate.Nothing)]
    [InlineData(FeeGate.Acceptance)]
    [InlineData(FeeGate.Step)]
    [InlineData(FeeGate.Decision)]
    [InlineData(FeeGate.Delivery)]
    public void OnlyTheWorkThatTheCatalogueNamesWaitsForThePayment(FeeGate gate)
    {
        var file = CaseFile.Received(With(Standard with { Gate = gate, GatedStep = gate == FeeGate.Step ? "review" : null }), "2026-03-02 09:00");
        (FeeGate Gate, ApplicationCommand Command, Actor Actor)[] course =
        [
            (FeeGate.Acceptance, new AcceptApplication(), Items.Clerk),
            (FeeGate.Step, new CompleteStep("review", StepOutcome.Approved, "o"), Items.Handler),
            (FeeGate.Decision, new DecideApplication(ApplicationOutcome.Granted, null), Items.Head),
            (FeeGate.Delivery, new DeliverApplication(), Items.Clerk),
        ];

        foreach (var work in course)
        {
            if (work.Gate == gate)
            {
                Assert.Equal("fee-unpaid", file.Refusal(work.Command, "2026-03-02 10:00", work.Actor));
                file.Do(new DemandFee(1), "2026-03-02 10:00", Items.Clerk);
                Assert.Equal("fee-unpaid", file.Refusal(work.Command, "2026-03-02 10:00", work.Actor));
                file.Do(new PayFee(1_000, PaymentMeans.Cash), "2026-03-02 10:00", Items.Clerk);
            }

            file.Do(work.Command, "2026-03-02 10:00", work.Actor);
        }

        Assert.Equal(ApplicationStatus.Delivered, file.State.Status);
    }

    [Fact]
    public void ADenialDoesNotWait()
    {
        var file = CaseFile.Accepted(With(Standard with { Gate = FeeGate.Decision }) with { Steps = [] }, "2026-03-02 09:00");

        Assert.Equal(ApplicationStatus.Decided, file.Do(new DecideApplication(ApplicationOutcome.Denied, "r"), "2026-03-02 10:00", Items.Head).State.Status);
    }

    // 7 working days from Monday 2026-03-02 end with 03-11; the days of the demand (03-04) and the payment (03-06) and the one between do not count.
    [Theory]
    [InlineData(true, "2026-03-16")]
    [InlineData(false, "2026-03-11")]
    public void ClocksStandStillForAPaymentOnlyWhenTheCatalogueSaysSo(bool standStill, string due)
    {
        var file = CaseFile.Accepted(With(Standard with { ClocksStandStill = standStill }), "2026-03-02 10:00").Do(new DemandFee(1), "2026-03-04 10:00", Items.Clerk);
        Assert.Equal(standStill, file.Due(ClockKind.Committed) is null);

        file.Do(new PayFee(1_000, PaymentMeans.Transfer), "2026-03-06 10:00", Items.Clerk);

        Assert.Equal(Times.EndOf(due), file.Due(ClockKind.Committed));
    }

    [Fact]
    public void WhoDoesNotPayIsNotAcceptedBySilenceWhenTheClocksStandStill()
    {
        var item = With(Standard with { Gate = FeeGate.Acceptance, ClocksStandStill = true });

        var owing = CaseFile.Received(item, "2026-03-02 09:00").Do(new DemandFee(1), "2026-03-02 10:00", Items.Clerk).RunUntil("2026-06-01");

        Assert.Equal(ApplicationStatus.Received, owing.State.Status);
    }

    [Fact]
    public void TheStepThatWaitsMustBeOneOfTheItem()
    {
        Assert.Equal(["/fee/gatedStep"], With(Standard with { Gate = FeeGate.Step, GatedStep = "none" }).Validate().Select(f => f.Pointer));
        Assert.Equal(["/fee/gatedStep"], With(Standard with { GatedStep = "review" }).Validate().Select(f => f.Pointer));
    }

    private static ItemDefinition With(FeeStandard fee) => Items.ShopLicence with { Fee = fee };
}
