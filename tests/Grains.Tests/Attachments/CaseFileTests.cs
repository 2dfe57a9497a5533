using System.Security.Cryptography;
using System.Text;
using OneStop.Domain.Applications;
using OneStop.Domain.Attachments;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Files;
using OneStop.Grains.Tests.Applications;
using OneStop.Grains.Tests.Archive;

namespace OneStop.Grains.Tests.Attachments;

/// <summary>Files of a case (电子影像, W5): durable before the event, with their subject and no other.</summary>
public sealed class CaseFileTests
{
    private const string Number = "N1";
    private const string Code = "code-1";
    private const string Name = "王小明的租约.pdf";

    private static readonly byte[] Lease = Encoding.UTF8.GetBytes("%PDF-1.7 " + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"lease {i} ")));

    [Fact]
    public async Task AFileComesBackAsItWasAndSupplementsTheCase()
    {
        using var file = new TownFile();
        await using (var town = await TestTown.StartAsync(file.Database))
        {
            var application = await CorrectingAsync(town);

            var attached = await AttachAsync(town, Command.By("public"), Lease);

            Assert.Equal((1, "lease", "application/pdf", Lease.Length), (attached.Id, attached.Material, attached.Type, attached.Size));
            var view = await application.View();
            Assert.Equal((ApplicationStatus.Received, attached), (view.State, Assert.Single(view.Attachments)));
            Assert.Equal(new NamedAttachment(attached, Name), Assert.Single(await application.Attachments(Actor.Public, Code)));
            Assert.Equal(Lease, await ContentAsync(town, await application.Attachment(Actor.Public, Code, 1)));
            Assert.Contains(await application.Timeline(CaseTown.Clerk), entry =>
                entry.Type == "application.material-attached.v1" && System.Text.RegularExpressions.Regex.Unescape(entry.Data).Contains(Name, StringComparison.Ordinal));
            var report = await town.Journal.VerifyAsync();
            Assert.Empty(report.Faults);
            Assert.Equal(1, report.Files);
        }

        foreach (var text in new[] { "lease 17 ", Name, System.Text.Json.JsonSerializer.Serialize("王小明").Trim('"') })
            Assert.All(file.StoredBytes(), bytes => Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) < 0, $"'{text}' is stored readably."));
    }

    [Fact]
    public async Task ARepetitionGetsTheFirstAnswerWithoutItsContentBeingKeptAgain()
    {
        await using var town = await TestTown.StartAsync();
        var application = await CorrectingAsync(town);
        var info = Command.Keyed("public", "k1", "lease");
        var first = await AttachAsync(town, info, Lease);
        await application.DoAsync(CaseTown.Clerk, new RefuseApplication("b", "r"));
        var record = await town.RecordAsync(Number);

        var permit = await application.ExpectFile(info, Actor.Public, Code, "lease", 0, null);
        var again = await application.AttachFile(info, Actor.Public, Code, Uploaded(null, Lease));
        var conflict = await Command.RefusalAsync(() => application.AttachFile(Command.Keyed("public", "k1", "other"), Actor.Public, Code, Uploaded(null, [1])));
        var unheardOf = await Command.RefusalAsync(() => application.AttachFile(Command.Keyed("public", "k2", "lease"), Actor.Public, Code, Uploaded(null, Lease)));
        var late = await Command.RefusalAsync(() => application.ExpectFile(Command.Keyed("public", "k2"), Actor.Public, Code, "lease", 0, null));

        Assert.True(permit.Known);
        Assert.Equal(first, again);
        Assert.Equal(("idempotency-conflict", "upload-lost", "wrong-state"), (conflict, unheardOf, late));
        Assert.Equal(record, await town.RecordAsync(Number));
    }

    [Fact]
    public async Task WhatWasNotKeptWholeIsNotRecorded()
    {
        await using var town = await TestTown.StartAsync();
        var application = await CorrectingAsync(town);
        var permit = await application.ExpectFile(Command.By("public"), Actor.Public, Code, "lease", 0, null);
        await town.Grains.GetGrain<IFileGrain>(IFileGrain.Key).Put(permit.Subject, "half", 0, Lease[..100]);
        var record = await town.RecordAsync(Number);

        var lost = await Command.RefusalAsync(() => application.AttachFile(Command.By("public"), Actor.Public, Code, Uploaded("half", Lease)));

        Assert.Equal("upload-lost", lost);
        Assert.Equal(record, await town.RecordAsync(Number));
    }

    [Fact]
    public async Task WhatTheRulesRefuseLeavesNoFile()
    {
        await using var town = await TestTown.StartAsync();
        var application = await CorrectingAsync(town);
        var permit = await application.ExpectFile(Command.By("public"), Actor.Public, Code, "lease", 0, null);
        await PutAsync(town, permit.Subject, "u1", Lease);
        await application.DoAsync(CaseTown.Clerk, new RefuseApplication("b", "r"));

        var refused = await Command.RefusalAsync(() => application.AttachFile(Command.By("public"), Actor.Public, Code, Uploaded("u1", Lease)));

        Assert.Equal("wrong-state", refused);
        Assert.Null(await town.Journal.FindFileAsync(permit.Subject, HashOf(Lease)));
        Assert.Empty(await application.Attachments(CaseTown.Clerk, null));
    }

    [Fact]
    public async Task AWrongQueryCodeAndAnUnknownNumberAreRefusedAlike()
    {
        await using var town = await TestTown.StartAsync();
        await CorrectingAsync(town);
        await AttachAsync(town, Command.By("public"), Lease);

        foreach (var (number, code) in new[] { (Number, "code-2"), (Number, ""), ("N2", Code), ("N2", "") })
        {
            var application = town.Case(number);
            Func<Task>[] calls =
            [
                () => application.ExpectFile(Command.By("public"), Actor.Public, code, "lease", 0, null),
                () => application.AttachFile(Command.By("public"), Actor.Public, code, Uploaded("u1", Lease)),
                () => application.Attachments(Actor.Public, code),
                () => application.Attachment(Actor.Public, code, 1),
            ];
            foreach (var call in calls) Assert.Equal("unknown-application", await Command.RefusalAsync(call));
        }
    }

    [Fact]
    public async Task WhoMayNotReadTheFilesIsNotToldTheirNamesByTheTimelineOrTheExportEither()
    {
        await using var town = await TestTown.StartAsync();
        await town.Grains.DefineKeptItemsAsync();
        var application = await CorrectingAsync(town, item: KeptItems.AtOnce.Code);
        await AttachAsync(town, Command.By("public"), Lease);
        await application.DoAsync(CaseTown.Clerk, new AcceptApplication());
        await application.DoAsync(CaseTown.Head("market"), new DecideApplication(ApplicationOutcome.Granted, null));
        await application.DoAsync(CaseTown.Clerk, new DeliverApplication());
        await Eventually.HoldsAsync(async () => (await application.View()).ArchivedAt is not null, "the case is archived");

        foreach (var actor in new[] { new Actor("officer", null, [Role.Officer]), CaseTown.Handler("environment") })
        {
            Assert.Equal("not-allowed", await Command.RefusalAsync(() => application.Attachments(actor, null)));
            Assert.Equal("not-allowed", await Command.RefusalAsync(() => application.Attachment(actor, null, 1)));
            Assert.DoesNotContain(Name, await ToldAsync(actor), StringComparison.Ordinal);
            Assert.DoesNotContain(Name, (await application.Export(actor)).Documents.Select(d => d.Text));
        }

        foreach (var actor in new[] { CaseTown.Clerk, CaseTown.Handler("market"), new Actor("admin", null, [Role.Admin]) })
        {
            Assert.Equal(Name, Assert.Single(await application.Attachments(actor, null)).Name);
            Assert.Equal(Lease, await ContentAsync(town, await application.Attachment(actor, null, 1)));
            Assert.Contains(Name, await ToldAsync(actor), StringComparison.Ordinal);
            Assert.Contains(Name, (await application.Export(actor)).Documents.Select(d => d.Text));
        }

        async Task<string> ToldAsync(Actor actor) =>
            string.Concat((await application.Timeline(actor)).Select(e => System.Text.RegularExpressions.Regex.Unescape(e.Data)));
    }

    [Fact]
    public async Task ACasesFilesGoWithItsPersonalDataAndThoseOfTheApplicantsOtherCasesStay()
    {
        await using var town = await TestTown.StartAsync();
        await town.Grains.DefineKeptItemsAsync();
        var application = await CorrectingAsync(town, item: KeptItems.AtOnce.Code);
        await AttachAsync(town, Command.By("public"), Lease);
        var other = await CorrectingAsync(town, "N2");
        await AttachAsync(town, Command.By("public"), Lease, "N2");
        var (content, othersContent) = (await application.Attachment(CaseTown.Clerk, null, 1), await other.Attachment(CaseTown.Clerk, null, 1));
        await application.DoAsync(CaseTown.Clerk, new AcceptApplication());
        await application.DoAsync(CaseTown.Head("market"), new DecideApplication(ApplicationOutcome.Granted, null));
        await application.DoAsync(CaseTown.Clerk, new DeliverApplication());

        await application.ErasePersonalData(Command.By("admin"), new Actor("admin", null, [Role.Admin]), new CaseText("why", "applicant asked"));

        Assert.Equal("unknown-attachment", await Command.RefusalAsync(() => application.Attachment(CaseTown.Clerk, null, 1)));
        Assert.Equal("unknown-file", await Command.RefusalAsync(() => ContentAsync(town, content)));
        Assert.Null(Assert.Single(await application.Attachments(CaseTown.Clerk, null)).Name);
        Assert.Equal("archived", await Command.RefusalAsync(() => application.ExpectFile(Command.By("public"), Actor.Public, Code, "lease", 0, null)));
        Assert.Equal(Lease, await ContentAsync(town, othersContent));
        Assert.Equal(Name, Assert.Single(await other.Attachments(CaseTown.Clerk, null)).Name);
        var report = await town.Journal.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((1, 1), (report.Files, report.ErasedFiles));
    }

    private static async Task<IApplicationGrain> CorrectingAsync(TestTown town, string number = Number, string item = "shop-licence")
    {
        var application = town.Case(number);
        await application.Receive(Command.By("public"), Actor.Public, CaseTown.Intake(item));
        await application.DoAsync(CaseTown.Clerk, new RequestCorrection(["lease"]));
        return application;
    }

    private static async Task<AttachmentView> AttachAsync(TestTown town, CommandInfo info, byte[] content, string number = Number)
    {
        var permit = await town.Case(number).ExpectFile(info, Actor.Public, Code, "lease", content.Length, null);
        Assert.False(permit.Known);
        var upload = Command.NewId();
        await PutAsync(town, permit.Subject, upload, content);
        return await town.Case(number).AttachFile(info, Actor.Public, Code, Uploaded(upload, content));
    }

    private static async Task PutAsync(TestTown town, string subject, string upload, byte[] content)
    {
        foreach (var (i, part) in content.Chunk(IFileGrain.PartBytes).Index())
            await town.Grains.GetGrain<IFileGrain>(IFileGrain.Key).Put(subject, upload, i, part);
    }

    private static async Task<byte[]> ContentAsync(TestTown town, AttachmentContent content)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < content.Parts; i++)
            bytes.AddRange(await town.Grains.GetGrain<IFileGrain>(IFileGrain.Key).Part(content.Subject, content.File.File.Sha256, i));
        return [.. bytes];
    }

    private static UploadedFile Uploaded(string? upload, byte[] content) => new(
        upload, (content.Length + IFileGrain.PartBytes - 1) / IFileGrain.PartBytes, "lease", "application/pdf", content.Length, HashOf(content), new CaseText(Command.NewId(), Name));

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
