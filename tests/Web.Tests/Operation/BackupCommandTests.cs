using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Operation;

/// <summary>backup, restore and verify as an operator uses them, beside a running server.</summary>
public sealed class BackupCommandTests(TownFixture town) : IClassFixture<TownFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onestop-backup-").FullName;

    private string Backup => Path.Combine(folder, "town.backup");

    private string Target => Path.Combine(folder, "restored");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ARestoredTownServesTheSameCases()
    {
        var receipt = await town.ApplyAsync("shop-licence");
        var (number, code) = (receipt.Text("acceptanceNumber"), receipt.Text("queryCode"));
        var scan = new byte[600_000];
        new Random(1).NextBytes(scan);
        "%PDF-"u8.CopyTo(scan);
        var upload = new HttpRequestMessage(HttpMethod.Post, $"/api/applications/{number}/attachments?material=Identity%20card&name=id.pdf") { Content = new ByteArrayContent(scan) };
        (await town.Public.SendAsync(upload, ("X-Query-Code", code))).Expect(201);
        var before = (await town.Public.GetAsync("/api/applications/" + number, ("X-Query-Code", code))).Expect(200).Body;

        await BackUpAsync();
        Assert.Contains("onestop_backup_last_success_timestamp_seconds 1", (await town.Public.GetAsync("/metrics")).Expect(200).Body, StringComparison.Ordinal);
        Directory.CreateDirectory(Target);
        File.Copy(Path.Combine(town.Folder, "master.key"), Path.Combine(Target, "master.key"));
        var (exitCode, said) = await HostedServer.RunAsync("restore", Backup, "--data", Target);
        Assert.True(exitCode == 0, said);
        Assert.Contains("every chain is whole", said, StringComparison.Ordinal);
        (exitCode, said) = await HostedServer.RunAsync("verify", "--data", Target);
        Assert.True(exitCode == 0, said);
        Assert.Contains(" 1 files and 0 erased ones, 0 faults.", said, StringComparison.Ordinal);

        await using var server = await HostedServer.StartAsync(Target, ServerProcess.FreePort());
        using var visitor = new ApiClient(server.Address);
        Assert.Equal(before, (await visitor.GetAsync("/api/applications/" + number, ("X-Query-Code", code))).Expect(200).Body);
        using var file = await visitor.FetchAsync($"/api/applications/{number}/attachments/1", ("X-Query-Code", code));
        Assert.Equal(scan, await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        await visitor.SignInAsync("officer");
    }

    [Fact]
    public async Task WithoutTheMasterKeyNothingIsRestoredAndNoKeyIsMade()
    {
        await BackUpAsync();
        var (exitCode, said) = await HostedServer.RunAsync("restore", Backup, "--data", Target);
        Assert.Equal(2, exitCode);
        Assert.Contains("master.key", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task AnotherMasterKeyIsRefusedAndLeavesNothing()
    {
        await BackUpAsync();
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "master.key"), Convert.ToBase64String(new byte[32]), TestContext.Current.CancellationToken);
        var (exitCode, said) = await HostedServer.RunAsync("restore", Backup, "--data", Target);
        Assert.Equal(2, exitCode);
        Assert.Contains("another master key", said, StringComparison.Ordinal);
        Assert.Equal(["master.key"], Directory.GetFiles(Target).Select(Path.GetFileName));
    }

    [Fact]
    public async Task ATargetThatHoldsARecordIsRefused()
    {
        await BackUpAsync();
        var (exitCode, said) = await HostedServer.RunAsync("restore", Backup, "--data", town.Folder);
        Assert.Equal(2, exitCode);
        Assert.Contains("already holds a record", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABackupIsNeverWrittenOverAnother()
    {
        await BackUpAsync();
        var first = await File.ReadAllBytesAsync(Backup, TestContext.Current.CancellationToken);
        Assert.Equal(2, (await HostedServer.RunAsync("backup", Backup, "--data", town.Folder)).ExitCode);
        Assert.Equal(first, await File.ReadAllBytesAsync(Backup, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task WhatIsNotThereIsRefusedInALine(string command)
    {
        var (exitCode, said) = await HostedServer.RunAsync(command, Backup, "--data", Target);
        Assert.Equal(2, exitCode);
        Assert.Single(said.Trim().Split('\n'));
        Assert.False(File.Exists(Backup));
    }

    private async Task BackUpAsync()
    {
        var (exitCode, said) = await HostedServer.RunAsync("backup", Backup, "--data", town.Folder);
        Assert.True(exitCode == 0, said);
    }
}
