using System.Text;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Applications;

namespace OneStop.Grains.Tests.Applications;

public sealed class CourseTests
{
    private const string Number = "N1";

    [Fact]
    public async Task AJointItemRunsItsFullCourse()
    {
        await using var town = await TestTown.StartAsync();
        var application = await town.AcceptedAsync(Number, TownDefinitions.Restaurant);

        await application.DoAsync(CaseTown.Handler("environment"), new CompleteStep("fumes", StepOutcome.Approved, null));
        await application.DoAsync(CaseTown.Handler("construction"), new ClaimStep("fire"));
        await application.DoAsync(CaseTown.Handler("construction"), new CompleteStep("fire", StepOutcome.Approved, null));
        var stageOne = await application.View();
        await application.DoAsync(CaseTown.Handler("market"), new CompleteStep("licence", StepOutcome.Approved, null));
        var stageTwo = await application.View();
        await application.DoAsync(CaseTown.Head("market"), new CompleteStep("approval", StepOutcome.Approved, null));
        await application.DoAsync(CaseTown.Handler("market"), new DecideApplication(ApplicationOutcome.Granted, null));
        var delivered = await application.DoAsync(CaseTown.Clerk, new DeliverApplication());

        Assert.Equal(StepStatus.Waiting, stageOne.Steps.Single(step => step.Id == "approval").State);
        Assert.Equal(StepStatus.Open, stageTwo.Steps.Single(step => step.Id == "approval").State);
        Assert.Equal(ApplicationStatus.Delivered, delivered.State);
        Assert.Equal("delivered", (await town.RecordAsync(Number)).Split('\n')[1].Split('|')[7]);
    }

    [Fact]
    public async Task ReceivingTwiceUnderOneKeyReceivesOnce()
    {
        await using var town = await TestTown.StartAsync();
        var receive = Command.Keyed("public", "k1", "one");

        var first = await town.Case(Number).Receive(receive, Actor.Public, CaseTown.Intake("shop-licence"));
        var record = await town.RecordAsync(Number);
        var again = await town.Case(Number).Receive(receive, Actor.Public, CaseTown.Intake("shop-licence", "another-code"));
        var conflict = await Command.RefusalAsync(() =>
            town.Case(Number).Receive(Command.Keyed("public", "k1", "two"), Actor.Public, CaseTown.Intake("shop-licence")));

        Assert.Equal(first, again);
        Assert.Equal("idempotency-conflict", conflict);
        Assert.Equal(record, await town.RecordAsync(Number));
    }

    [Fact]
    public async Task OnlyAStepsOwnDepartmentCompletesIt()
    {
        await using var town = await TestTown.StartAsync();
        var application = await town.AcceptedAsync(Number, TownDefinitions.Restaurant);
        var record = await town.RecordAsync(Number);

        var refused = await Command.RefusalAsync(() =>
            application.DoAsync(CaseTown.Handler("market"), new CompleteStep("fire", StepOutcome.Approved, null)));

        Assert.Equal("not-allowed", refused);
        Assert.Equal(record, await town.RecordAsync(Number));
    }

    [Fact]
    public async Task WhatIsMissingIsSaidOnce()
    {
        await using var town = await TestTown.StartAsync();
        var application = town.Case(Number);
        await application.Receive(Command.By("public"), Actor.Public, CaseTown.Intake("shop-licence"));
        var correct = Command.Keyed("clerk1", "correct");
        var first = await application.DoAsync(correct, CaseTown.Clerk, new RequestCorrection(["lease"]));
        await application.DoAsync(Actor.Public, new SupplementApplication(["lease.pdf"]));
        var record = await town.RecordAsync(Number);

        var second = await Command.RefusalAsync(() => application.DoAsync(CaseTown.Clerk, new RequestCorrection(["photo"])));
        var again = await application.DoAsync(correct, CaseTown.Clerk, new RequestCorrection(["lease"]));

        Assert.Equal("already-corrected", second);
        Assert.Equal((ApplicationStatus.Correcting, ApplicationStatus.Correcting), (first.State, again.State));
        Assert.Equal(record, await town.RecordAsync(Number));
    }

    [Fact]
    public async Task AWrongQueryCodeAndAnUnknownNumberAreRefusedAlike()
    {
        await using var town = await TestTown.StartAsync();
        await town.AcceptedAsync(Number, TownDefinitions.ShopLicence);

        var right = await town.Case(Number).ViewByCode("code-1");
        var wrong = await Command.RefusalAsync(() => town.Case(Number).ViewByCode("code-2"));
        var unknown = await Command.RefusalAsync(() => town.Case("N2").ViewByCode("code-1"));

        Assert.Equal(Number, right.AcceptanceNumber);
        Assert.Equal(("unknown-application", "unknown-application"), (wrong, unknown));
    }

    [Fact]
    public async Task TheTimelineShowsOpinionsAndTheRecordHoldsNoPersonalData()
    {
        const string Opinion = "王小明的消防通道合格";
        using var file = new TownFile();
        string timeline;
        await using (var town = await TestTown.StartAsync(file.Database))
        {
            var application = await town.AcceptedAsync(Number, TownDefinitions.Restaurant);
            await application.DoAsync(
                CaseTown.Handler("construction"), new CompleteStep("fire", StepOutcome.Approved, "o1"), new CaseText("o1", Opinion));
            timeline = string.Concat((await application.Timeline(CaseTown.Clerk)).Select(entry => System.Text.RegularExpressions.Regex.Unescape(entry.Data)));
        }

        Assert.Contains(Opinion, timeline, StringComparison.Ordinal);
        Assert.All(file.StoredBytes(), bytes => AssertHoldsNone(bytes, "王小明", "110101199003074258", "13800138000", "石龙路", "code-1"));
    }

    [Fact]
    public async Task AnErasedApplicantLeavesTheChainWhole()
    {
        await using var town = await TestTown.StartAsync();
        var application = town.Case(Number);
        var receipt = await application.Receive(Command.By("public"), Actor.Public, CaseTown.Intake("restaurant-opening"));
        await application.DoAsync(CaseTown.Clerk, new AcceptApplication());
        await application.DoAsync(
            CaseTown.Handler("construction"), new CompleteStep("fire", StepOutcome.Approved, "o1"), new CaseText("o1", "an opinion"));
        var dossier = await town.Journal.ReadDocumentAsync(receipt.RegistrationNumber, Number);

        await town.Journal.EraseAsync(receipt.RegistrationNumber);

        Assert.NotNull(dossier);
        Assert.Null(await town.Journal.ReadDocumentAsync(receipt.RegistrationNumber, Number));
        Assert.DoesNotContain(await application.Timeline(CaseTown.Clerk), entry => entry.Data.Contains("an opinion", StringComparison.Ordinal));
        Assert.Empty((await town.Journal.VerifyAsync()).Faults);
    }

    private static void AssertHoldsNone(byte[] stored, params string[] texts)
    {
        foreach (var text in texts)
        {
            // As JSON writes it too, where letters of other scripts are escaped.
            var escaped = System.Text.Json.JsonSerializer.Serialize(text).Trim('"');
            Assert.True(stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) < 0, $"'{text}' is stored readably.");
            Assert.True(stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(escaped)) < 0, $"'{text}' is stored readably, escaped.");
        }
    }
}
