using System.Security.Cryptography;
using System.Text;
using OneStop.Domain.Applications;
using OneStop.Domain.Attachments;
using OneStop.Domain.Catalogue;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Files;
using OneStop.Grains.Tests.Applications;
using OneStop.Grains.Tests.Archive;
using OneStop.Grains.Tests.Rollouts;

namespace OneStop.Grains.Tests.Attachments;

/// <summary>What an applicant has once handed in is offered again and taken over (一表制, A4): under the other case's own key.</summary>
public sealed class MaterialReuseTests
{
    private const string Code = "code-1";
    private const string Name = "王小明的身份证.pdf";
    private const string Material = "身份证";

    private static readonly byte[] Card = Encoding.UTF8.GetBytes("%PDF-1.7 " + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"card {i} ")));
    private static readonly Actor Admin = new("admin", null, [Role.Admin]);

    [Fact]
    public async Task WhatAnEarlierCaseHoldsIsOfferedToThoseWhoMayReadIt()
    {
        await using var town = await StartAsync();
        await ReceiveAsync(town, "N1");
        await HandInAsync(town, "N1", Card);

        foreach (var actor in new[] { CaseTown.Clerk, CaseTown.Handler("market") })
        {
            var offered = Assert.Single((await Applicants(town).OneForm(actor, CaseTown.Intake("x").IdNumber, KeptItems.AtOnce.Code)).Files);
            Assert.Equal((Material, "N1", 1, Name), (offered.Material, offered.File.Application, offered.File.Attachment, offered.Name));
            Assert.Equal(("application/pdf", Card.Length, HashOf(Card)), (offered.File.Type, offered.File.Size, offered.File.Sha256));
        }

        Assert.Equal(Name, Assert.Single((await Applicants(town).OneFormOf(Actor.Public, "N1", Code, KeptItems.AtOnce.Code)).Files).Name);
        Assert.Empty((await Applicants(town).OneForm(CaseTown.Handler("environment"), CaseTown.Intake("x").IdNumber, KeptItems.AtOnce.Code)).Files);
        Assert.Empty((await Applicants(town).OneForm(CaseTown.Clerk, "11010119900101001X", KeptItems.AtOnce.Code)).Files);
    }

    [Fact]
    public async Task AFileTakenOverOutlivesTheErasureOfTheCaseItCameFrom()
    {
        await using var town = await StartAsync();
        var source = await ReceiveAsync(town, "N1");
        var target = await ReceiveAsync(town, "N2");
        await HandInAsync(town, "N1", Card);

        var taken = await ReuseAsync(town, "N1", "N2");
        Assert.NotEqual((await source.Attachment(Actor.Public, Code, 1)).Subject, (await target.Attachment(Actor.Public, Code, 1)).Subject);
        await source.DoAsync(CaseTown.Clerk, new AcceptApplication());
        await source.DoAsync(CaseTown.Head("market"), new DecideApplication(ApplicationOutcome.Granted, null));
        await source.DoAsync(CaseTown.Clerk, new DeliverApplication());
        await source.ErasePersonalData(Command.By("admin"), Admin, new CaseText("why", "applicant asked"));

        Assert.Equal((1, Material, Card.Length), (taken.Id, taken.Material, taken.Size));
        Assert.Equal(Name, Assert.Single(await target.Attachments(Actor.Public, Code)).Name);
        Assert.Equal(Card, await ContentAsync(town, await target.Attachment(Actor.Public, Code, 1)));
        Assert.Contains(await target.Timeline(CaseTown.Clerk), e => e.Data.Contains("\"from\":\"N1\"", StringComparison.Ordinal));
        // What is erased is not offered any more.
        Assert.Equal("N2", Assert.Single((await Applicants(town).OneForm(CaseTown.Clerk, CaseTown.Intake("x").IdNumber, KeptItems.AtOnce.Code)).Files).File.Application);
        var report = await town.Journal.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((1, 1), (report.Files, report.ErasedFiles));
    }

    [Fact]
    public async Task TakingOverTwiceIsDoneOnce()
    {
        await using var town = await StartAsync();
        await ReceiveAsync(town, "N1");
        await ReceiveAsync(town, "N2");
        await HandInAsync(town, "N1", Card);
        var first = await ReuseAsync(town, "N1", "N2");
        var record = await town.RecordAsync("N2");

        Assert.Equal(first, await ReuseAsync(town, "N1", "N2"));
        Assert.Equal(first, await ReuseAsync(town, "N1", "N2", "a key"));
        Assert.Equal(first, await ReuseAsync(town, "N1", "N2", "a key"));

        Assert.Equal(record, await town.RecordAsync("N2"));
    }

    [Fact]
    public async Task AnotherApplicantsFileIsRefusedBeforeAnythingIsKept()
    {
        await using var town = await StartAsync();
        await ReceiveAsync(town, "N1");
        await town.Case("N2").Receive(Command.By("public"), Actor.Public, CaseTown.Intake(KeptItems.AtOnce.Code) with { IdNumber = "11010119900101001X" });
        await HandInAsync(town, "N1", Card);
        var held = await town.Case("N1").Attachment(CaseTown.Clerk, null, 1);

        Assert.Equal("other-applicant", await Command.RefusalAsync(() => town.Case("N2").ExpectFile(Command.By("clerk1"), CaseTown.Clerk, null, Material, 9, held.Source)));
        Assert.Equal("other-applicant", await Command.RefusalAsync(() => ReuseAsync(town, "N1", "N2")));
        Assert.Empty(await town.Case("N2").Attachments(CaseTown.Clerk, null));
    }

    [Fact]
    public async Task WhatIsNotWhatWasHandedInIsNotTakenOver()
    {
        await using var town = await StartAsync();
        await ReceiveAsync(town, "N1");
        // Kept under the hash of something else, as damage would leave it.
        await HandInAsync(town, "N1", Card, HashOf([1]));
        var held = await town.Case("N1").Attachment(CaseTown.Clerk, null, 1);
        var files = town.Grains.GetGrain<IFileGrain>(IFileGrain.Key);

        Assert.Equal("file-damaged", await Command.RefusalAsync(() => files.Copy(held.Subject, HashOf([1]), held.Parts, "files-N2", "u1")));
        Assert.Equal("unknown-file", await Command.RefusalAsync(() => files.Copy("files-N3", HashOf([1]), 1, "files-N2", "u2")));
    }

    private static async Task<TestTown> StartAsync()
    {
        var town = await TestTown.StartAsync();
        var asking = KeptItems.AtOnce with { Materials = [new MaterialDefinition { Zh = Material, En = "Identity card" }] };
        await town.Grains.Catalogue().Define(Command.By("admin"), TownDefinitions.Town with { Items = [.. TownDefinitions.Town.Items, asking] });
        return town;
    }

    private static async Task<IApplicationGrain> ReceiveAsync(TestTown town, string number)
    {
        await town.Case(number).Receive(Command.By("public"), Actor.Public, CaseTown.Intake(KeptItems.AtOnce.Code));
        return town.Case(number);
    }

    private static async Task HandInAsync(TestTown town, string number, byte[] content, string? hash = null)
    {
        var permit = await town.Case(number).ExpectFile(Command.By("public"), Actor.Public, Code, Material, content.Length, null);
        var parts = content.Chunk(IFileGrain.PartBytes).ToList();
        foreach (var (i, part) in parts.Index()) await town.Grains.GetGrain<IFileGrain>(IFileGrain.Key).Put(permit.Subject, "sent", i, part);
        await town.Case(number).AttachFile(
            Command.By("public"), Actor.Public, Code,
            new UploadedFile("sent", parts.Count, Material, "application/pdf", content.Length, hash ?? HashOf(content), new CaseText(Command.NewId(), Name)));
    }

    // As the web does it.
    private static async Task<AttachmentView> ReuseAsync(TestTown town, string from, string to, string? key = null)
    {
        var info = key is null ? Command.By("clerk1") : Command.Keyed("clerk1", key, "reuse");
        var held = await town.Case(from).Attachment(CaseTown.Clerk, null, 1);
        var file = held.File.File;
        var permit = await town.Case(to).ExpectFile(info, CaseTown.Clerk, null, "Identity card", file.Size, held.Source);
        var upload = Command.NewId();
        if (!permit.Known) await town.Grains.GetGrain<IFileGrain>(IFileGrain.Key).Copy(held.Subject, file.Sha256, held.Parts, permit.Subject, upload);
        return await town.Case(to).AttachFile(
            info, CaseTown.Clerk, null,
            new UploadedFile(permit.Known ? null : upload, held.Parts, "Identity card", file.Type, file.Size, file.Sha256, new CaseText(Command.NewId(), held.File.Name!)) { Source = held.Source });
    }

    private static async Task<byte[]> ContentAsync(TestTown town, AttachmentContent content)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < content.Parts; i++)
            bytes.AddRange(await town.Grains.GetGrain<IFileGrain>(IFileGrain.Key).Part(content.Subject, content.File.File.Sha256, i));
        return [.. bytes];
    }

    private static IApplicantGrain Applicants(TestTown town) => town.Grains.GetGrain<IApplicantGrain>(IApplicantGrain.Key);

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
