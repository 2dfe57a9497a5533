using OneStop.Domain.Applications;
using OneStop.Domain.Attachments;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Tests.Applications;

/// <summary>Scanned and uploaded materials (电子影像, W5).</summary>
public sealed class AttachmentTests
{
    private const string Noon = "2026-03-02 12:00";

    private static readonly ItemDefinition Item = Items.ShopLicence with
    {
        Materials = [new MaterialDefinition { Zh = "身份证", En = "Identity card" }, new MaterialDefinition { Zh = "房产证", En = "Title deed" }],
    };

    [Fact]
    public void AFileCountsAsHandingItsMaterialInUnderEitherName()
    {
        var file = Received().Do(Attach("Identity card"), Noon, Actor.Public).Do(Attach("身份证"), Noon, Items.Clerk);

        Assert.Equal(["身份证"], file.State.Materials);
        Assert.Equal([(1, "身份证"), (2, "身份证")], file.State.Attachments.Select(a => (a.Id, a.Material)));
        var recorded = file.Events.OfType<MaterialAttached>().First();
        Assert.Equal(("public", "application/pdf", 1_000, "R1", "name-1"), (recorded.Actor, recorded.Type, recorded.Size, recorded.Subject, recorded.NameReference));
        Assert.Equal([1, 2], ApplicationView.Of(file.State, file.Calendar).Attachments.Select(a => a.Id));
    }

    [Fact]
    public void OnlyTheApplicantAndThoseConcernedHandFilesIn()
    {
        var file = Received();

        Assert.Equal("not-allowed", file.Refusal(Attach("身份证"), Noon, Items.Officer));
        Assert.Equal("not-allowed", file.Refusal(Attach("身份证"), Noon, Items.Of("tax")));
        file.Do(Attach("身份证"), Noon, Items.Handler);
    }

    [Fact]
    public void WhatTheCaseDoesNotAskForIsRefusedUnlessItWasSaidToBeMissing()
    {
        var file = Received();
        Assert.Equal("validation", file.Refusal(Attach("户口簿"), Noon, Actor.Public));
        Assert.Equal("validation", file.Refusal(Attach(""), Noon, Actor.Public));
        file.Do(new RequestCorrection(["户口簿"]), Noon, Items.Clerk);

        file.Do(Attach("户口簿"), Noon, Actor.Public);

        Assert.Equal(["户口簿"], file.State.Materials);
    }

    [Fact]
    public void FilesForAllThatWasMissingSupplementTheCaseAndANewRoundBegins()
    {
        var file = Received().Do(Attach("身份证"), "2026-03-02 10:00", Actor.Public)
            .Do(new RequestCorrection(["Identity card", "房产证", "签名"]), "2026-03-02 11:00", Items.Clerk);

        file.Do(Attach("Title deed"), "2026-03-03 09:00", Actor.Public).Do(Attach("签名"), "2026-03-03 10:00", Actor.Public);
        Assert.Equal(ApplicationStatus.Correcting, file.State.Status);
        file.Do(Attach("身份证"), "2026-03-04 09:00", Actor.Public);

        Assert.Equal(ApplicationStatus.Received, file.State.Status);
        Assert.Equal(Times.At("2026-03-04 09:00"), file.State.Rounds[^1].From);
        Assert.Equal(["身份证", "房产证", "签名"], Assert.Single(file.Events.OfType<ApplicationSupplemented>()).Materials);
        Assert.Equal(["身份证", "房产证", "签名"], file.State.Materials);
    }

    [Fact]
    public void AfterTheDecisionOrTheEndNothingIsHandedInAnyMore()
    {
        var refused = Received().Do(new RefuseApplication("b", "r"), Noon, Items.Clerk);
        var withdrawn = Received().Do(new WithdrawApplication(), Noon, Actor.Public);
        var granted = CaseFile.Received(Item with { Kind = ItemKind.Instant, Steps = [], CommittedLimit = null }, "2026-03-02 09:00")
            .Do(new AcceptApplication(), Noon, Items.Clerk).Do(new DecideApplication(ApplicationOutcome.Granted, null), Noon, Items.Head);

        foreach (var file in new[] { refused, withdrawn, granted, granted.Do(new DeliverApplication(), Noon, Items.Clerk) })
        {
            Assert.Equal("wrong-state", file.Refusal(Attach("身份证"), Noon, Items.Handler));
            Assert.Equal("wrong-state", file.Refusal(new ExpectMaterial("身份证", 0), Noon, Items.Handler));
        }
    }

    [Fact]
    public void AFileHas20MegabytesAtMost()
    {
        var file = Received().Do(Attach("身份证", AttachmentLimits.FileBytes), Noon, Actor.Public);

        Assert.Equal(20_971_520, AttachmentLimits.FileBytes);
        Assert.Equal("too-large", file.Refusal(Attach("身份证", AttachmentLimits.FileBytes + 1), Noon, Actor.Public));
        Assert.Equal("too-large", file.Refusal(new ExpectMaterial("身份证", AttachmentLimits.FileBytes + 1), Noon, Actor.Public));
        Assert.Equal("validation", file.Refusal(Attach("身份证", 0), Noon, Actor.Public));
        Assert.Equal("validation", file.Refusal(Attach("身份证") with { Type = "text/html" }, Noon, Actor.Public));
    }

    [Fact]
    public void ACasesFilesAreBoundedInNumberAndTogether()
    {
        var many = Received();
        for (var i = 0; i < AttachmentLimits.Files; i++) many.Do(Attach("身份证", 1), Noon, Actor.Public);
        Assert.Equal("case-full", many.Refusal(Attach("身份证", 1), Noon, Actor.Public));

        var large = Received();
        for (var i = 0; i < 10; i++) large.Do(Attach("身份证", AttachmentLimits.FileBytes), Noon, Actor.Public);
        Assert.Equal("case-full", large.Refusal(Attach("身份证", 1), Noon, Actor.Public));
        Assert.Equal("case-full", large.Refusal(new ExpectMaterial("身份证", 1), Noon, Actor.Public));
    }

    [Fact]
    public void AskingWhetherAFileMayComeRecordsNothing()
    {
        var file = Received();
        var before = file.Events.Count;

        file.Do(new ExpectMaterial("身份证", 100), Noon, Actor.Public);

        Assert.Equal(before, file.Events.Count);
    }

    [Fact]
    public void AFileOfTheSameApplicantsOtherCaseIsTakenOverAndTheRecordSaysFromWhich()
    {
        var file = Received().Do(Reuse("Identity card"), Noon, Actor.Public);

        Assert.Equal([("A0", "身份证")], file.Events.OfType<MaterialAttached>().Select(e => (e.From, e.Material)));
        Assert.Equal(["身份证"], file.State.Materials);
    }

    [Fact]
    public void NobodyElsesFileIsTakenOver()
    {
        foreach (var other in new[] { "R2", "" })
        {
            Assert.Equal("other-applicant", Received().Refusal(Reuse("身份证", other), Noon, Items.Clerk));
            Assert.Equal("other-applicant", Received().Refusal(new ExpectMaterial("身份证", 0) { Source = new("A0", other) }, Noon, Items.Clerk));
        }

        var reported = new CaseFile().Do(
            new ReportStart("C1", ItemDefinition.Reported("log", "civil", new WorkingDays(5), "cn"), Times.At("2026-03-02")), "2026-03-02", Actor.System);
        Assert.Equal("other-applicant", reported.Refusal(Reuse("身份证", ""), Noon, Items.Clerk));
    }

    [Fact]
    public void WhatIsTakenOverAndAlreadyHeldForTheMaterialChangesNothing()
    {
        var file = Received().Do(Attach("身份证"), Noon, Actor.Public);
        var before = file.Events.Count;

        file.Do(Reuse("Identity card"), Noon, Actor.Public);
        Assert.Equal((before, 1), (file.Events.Count, file.State.Held("Identity card", Attach("").Sha256)?.Id));

        file.Do(Reuse("房产证"), Noon, Actor.Public).Do(Attach("身份证"), Noon, Actor.Public);
        Assert.Equal(["身份证", "房产证", "身份证"], file.State.Attachments.Select(a => a.Material));
    }

    [Fact]
    public void WhatIsTakenOverSupplementsTheCaseToo()
    {
        // Also when the case had it before corrections were asked for.
        foreach (var file in new[] { Received(), Received().Do(Reuse("身份证"), "2026-03-02 10:00", Actor.Public) })
        {
            file.Do(new RequestCorrection(["身份证"]), "2026-03-02 11:00", Items.Clerk).Do(Reuse("身份证"), Noon, Actor.Public);

            Assert.Equal((ApplicationStatus.Received, Times.At(Noon)), (file.State.Status, file.State.Held("身份证", Attach("").Sha256)!.At));
        }
    }

    private static AttachMaterial Reuse(string material, string registration = "R1") => Attach(material) with { Source = new MaterialSource("A0", registration) };

    private static CaseFile Received() => CaseFile.Received(Item, "2026-03-02 09:00");

    private static AttachMaterial Attach(string material, long size = 1_000) => new(material, "application/pdf", size, new string('a', 64), "R1", "name-1");
}
