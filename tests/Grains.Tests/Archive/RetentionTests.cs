using System.Text;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Archive;
using OneStop.Grains.Interfaces.Licences;
using OneStop.Grains.Tests.Applications;
using OneStop.Journal.Integrity;

namespace OneStop.Grains.Tests.Archive;

/// <summary>A17: finished cases are archived and exported, their personal data corrected and erased; the record stays whole.</summary>
public sealed class RetentionTests
{
    private const string Opinion = "王小明的材料齐全";
    private static readonly Actor Admin = new("admin", null, [Role.Admin]);

    [Fact]
    public async Task AFinishedCaseIsArchivedByTheDurableClockAndNothingOfItIsChanged()
    {
        await using var town = await StartAsync();
        var application = await EndedAsync(town, "N1");
        await ArchivedAsync(application);
        var record = await town.RecordAsync("N1");

        Assert.Equal("archived", await Command.RefusalAsync(() => application.DoAsync(CaseTown.Clerk, new DeliverApplication())));
        Assert.Equal("archived", await Command.RefusalAsync(() => application.Report(Command.By("system"), new ReportEnd(TimeProvider.System.GetUtcNow()))));

        Assert.Equal(record, await town.RecordAsync("N1"));
        Assert.Equal(ApplicationStatus.Delivered, (await application.ViewByCode("code-1")).State);
        var listed = Assert.Single(await town.Grains.GetGrain<IArchiveGrain>(IArchiveGrain.Key).Cases(new ArchiveQuestion(null, "market", null, 10)));
        Assert.Equal(("N1", "kept-at-once", "at-once", null), (listed.AcceptanceNumber, listed.Item, listed.Rule, listed.ErasedAt));
        Assert.Empty(await town.Grains.GetGrain<IArchiveGrain>(IArchiveGrain.Key).Cases(new ArchiveQuestion(null, null, "N1", 10)));
    }

    [Fact]
    public async Task AnExportHoldsTheWholeChain()
    {
        await using var town = await StartAsync();
        var application = await EndedAsync(town, "N1");
        var running = await town.AcceptedAsync("N2", TownDefinitions.ShopLicence);
        Assert.Equal("not-archived", await Command.RefusalAsync(() => running.Export(Admin)));
        await ArchivedAsync(application);

        var export = await application.Export(Admin);

        var hash = new byte[32];
        foreach (var e in export.Events)
        {
            hash = HashChain.Next(hash, export.Stream, e.Seq, e.At, e.Actor, e.Type, Encoding.UTF8.GetBytes(e.Data));
            Assert.Equal(e.Hash, Convert.ToHexStringLower(hash));
        }

        Assert.Equal(export.Hash, export.Events[^1].Hash);
        Assert.Equal(["N1", "opinion"], export.Documents.Select(d => d.Reference));
        Assert.Equal(["opinion"], (await application.Export(new Actor("officer", null, [Role.Officer]))).Documents.Select(d => d.Reference));
        Assert.Equal("application.archived.v1", export.Events[^1].Type);
    }

    [Fact]
    public async Task CorrectedPersonalDataIsInTheVaultAndNotInTheRecord()
    {
        await using var town = await StartAsync();
        var application = await EndedAsync(town, "N1");
        var key = Command.Keyed("clerk1", "fix");

        var receipt = await application.CorrectPersonalData(key, CaseTown.Clerk, null, new PersonalDataCorrection("王晓明", "110101199003074266", null));
        Assert.Equal(receipt, await application.CorrectPersonalData(key, CaseTown.Clerk, null, new PersonalDataCorrection("王晓明", "110101199003074266", null)), Same);
        await application.CorrectPersonalData(Command.By("public"), Actor.Public, "code-1", new PersonalDataCorrection(null, null, "13900139000"));

        var seen = await application.PersonalData(Actor.Public, "code-1");
        Assert.Equal(("王晓明", "110101199003074266", "13900139000"), (seen.Name, seen.IdNumber, seen.Phone));
        Assert.Equal(receipt.RegistrationNumber, seen.RegistrationNumber);
        var other = await town.Case("N2").Receive(Command.By("public"), Actor.Public, CaseTown.Intake("shop-licence") with { IdNumber = "110101199003074266" });
        Assert.Equal(other.RegistrationNumber, seen.RegistrationNumber);
        Assert.Contains(await application.Timeline(CaseTown.Clerk), e => e.Data.Contains("材料齐全", StringComparison.Ordinal) || e.Data.Contains(@"\u6750", StringComparison.Ordinal));
        var corrections = (await application.Timeline(CaseTown.Clerk)).Where(e => e.Type == "application.personal-data-corrected.v1").ToList();
        Assert.Equal(["clerk1", "public"], corrections.Select(e => e.Actor));
        Assert.DoesNotContain(corrections, e => e.Data.Contains("110101", StringComparison.Ordinal) || e.Data.Contains("139001", StringComparison.Ordinal));
        Assert.Empty((await town.Journal.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task PersonalDataIsShownToNobodyElse()
    {
        await using var town = await StartAsync();
        var application = await EndedAsync(town, "N1");

        Assert.Equal("unknown-application", await Command.RefusalAsync(() => application.PersonalData(Actor.Public, "code-2")));
        Assert.Equal("unknown-application", await Command.RefusalAsync(() => application.CorrectPersonalData(Command.By("public"), Actor.Public, "", new(null, null, "13900139000"))));
        Assert.Equal("not-allowed", await Command.RefusalAsync(() => application.PersonalData(CaseTown.Handler("environment"), null)));
        Assert.Equal("not-allowed", await Command.RefusalAsync(() => application.CorrectPersonalData(Command.By("public"), Actor.Public, "code-1", new("别人", null, null))));
        Assert.Equal("王小明", (await application.PersonalData(CaseTown.Handler("market"), null)).Name);
    }

    [Fact]
    public async Task ErasingOneCaseLeavesTheApplicantsOthersReadableAndTheRecordWhole()
    {
        await using var town = await StartAsync();
        var (erased, running) = (await EndedAsync(town, "N1"), await town.AcceptedAsync("N2", TownDefinitions.ShopLicence));
        await ArchivedAsync(erased);
        var erase = Command.Keyed("admin", "erase");

        var receipt = await erased.ErasePersonalData(erase, Admin, new CaseText("why", "applicant asked"));
        Assert.Equal(receipt, await erased.ErasePersonalData(erase, Admin, new CaseText("why-2", "applicant asked")), Same);

        Assert.NotNull(receipt.ErasedAt);
        Assert.Equal((null, null, null), await PersonOfAsync(erased));
        Assert.Equal(("王小明", "110101199003074258", "13800138000"), await PersonOfAsync(running));
        var story = string.Concat((await erased.Timeline(CaseTown.Clerk)).Select(e => System.Text.RegularExpressions.Regex.Unescape(e.Data)));
        Assert.DoesNotContain(Opinion, story, StringComparison.Ordinal);
        Assert.Contains("applicant asked", story, StringComparison.Ordinal);
        Assert.Equal(["applicant asked"], (await erased.Export(Admin)).Documents.Select(d => d.Text));
        Assert.Equal(ApplicationStatus.Delivered, (await erased.ViewByCode("code-1")).State);
        Assert.Equal("LN1", (await town.Grains.GetGrain<ILicenceGrain>("LN1").View()).Number);
        Assert.NotNull((await town.Grains.GetGrain<IArchiveGrain>(IArchiveGrain.Key).Cases(new ArchiveQuestion("kept-at-once", null, null, 10)))[0].ErasedAt);
        Assert.Equal("personal-data-erased", await Command.RefusalAsync(() => erased.ErasePersonalData(Command.By("admin"), Admin, new CaseText("w", "x"))));
        Assert.Equal("case-running", await Command.RefusalAsync(() => running.ErasePersonalData(Command.By("admin"), Admin, new CaseText("w", "x"))));
        Assert.Empty((await town.Journal.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task AnErasureThatIsCutOffHappensWhollyOrNotAtAll()
    {
        CutJournal? journal = null;
        await using var town = await StartAsync(inner => journal = new CutJournal(inner));
        var application = await EndedAsync(town, "N1");
        await ArchivedAsync(application);
        var erase = Command.Keyed("admin", "erase");

        journal!.Where = _ => Cut.Before;
        Assert.Equal("store-unavailable", await Command.RefusalAsync(() => application.ErasePersonalData(erase, Admin, new CaseText("why", "x"))));
        journal.Where = _ => Cut.None;
        Assert.Equal("王小明", (await PersonOfAsync(application)).Name);
        journal.Where = _ => Cut.After;
        Assert.Equal("store-unavailable", await Command.RefusalAsync(() => application.ErasePersonalData(erase, Admin, new CaseText("why", "x"))));
        journal.Where = _ => Cut.None;

        Assert.Null((await PersonOfAsync(application)).Name);
        await application.ErasePersonalData(erase, Admin, new CaseText("why", "x"));
        Assert.Single(await application.Timeline(CaseTown.Clerk), e => e.Type == "application.personal-data-erased.v1");
    }

    private static async Task<TestTown> StartAsync(Func<OneStop.Journal.IJournal, OneStop.Journal.IJournal>? wrap = null)
    {
        var town = await TestTown.StartAsync(wrap: wrap);
        await town.Grains.DefineKeptItemsAsync();
        return town;
    }

    // Ended with a licence granted and an opinion in its record.
    private static async Task<IApplicationGrain> EndedAsync(TestTown town, string number)
    {
        var application = await town.AcceptedAsync(number, KeptItems.AtOnce);
        await application.DoAsync(
            CaseTown.Head("market"), new DecideApplication(ApplicationOutcome.Granted, "opinion"), new CaseText("opinion", Opinion));
        await application.DoAsync(CaseTown.Clerk, new DeliverApplication());
        return application;
    }

    private static Task ArchivedAsync(IApplicationGrain application) =>
        Eventually.HoldsAsync(async () => (await application.View()).ArchivedAt is not null, "the case is archived");

    private static async Task<(string? Name, string? IdNumber, string? Phone)> PersonOfAsync(IApplicationGrain application)
    {
        var person = await application.PersonalData(CaseTown.Clerk, null);
        return (person.Name, person.IdNumber, person.Phone);
    }

    private static bool Same(PersonalDataReceipt one, PersonalDataReceipt other) =>
        one with { Corrected = [] } == other with { Corrected = [] } && one.Corrected.SequenceEqual(other.Corrected);
}
