using System.Security.Cryptography;
using OneStop.Web.Tests.Feeds;
using OneStop.Web.Tests.Serving;

namespace OneStop.Cluster.Tests;

/// <summary>Several processes, one town.</summary>
public sealed class OneClusterTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private RunningCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task SeveralFirstStartsMakeOneTownWithOnePassword()
    {
        var passwords = Enumerable.Range(0, Cluster.Silos).Sum(place => Cluster.At(place).Said.Split('\n').Count(line => line.StartsWith("sample password", StringComparison.Ordinal)));

        Assert.Equal(1, passwords);
        foreach (var address in Cluster.Addresses)
        {
            using var client = new ApiClient(address);
            foreach (var user in (string[])["clerk1", "clerk24", "head.market", "officer"]) await client.SignInAsync(user);
            (await client.GetAsync("/api/halls/west/board")).Expect(200);
        }
    }

    [Fact]
    public async Task ASessionBegunAtOneSiloIsGoodAtEveryOther()
    {
        using var first = new ApiClient(Cluster.Addresses[0]);
        await first.SignInAsync("clerk9");
        foreach (var address in Cluster.Addresses)
        {
            using var there = ClusterFixture.At(address, first);
            Assert.Equal("clerk9", (await there.GetAsync("/api/session")).Expect(200).Text("user"));
            (await there.PostAsync("/api/halls/shilong/counters/c9/open")).Expect(200);
        }
    }

    [Fact]
    public async Task ACommandRepeatedAtAnotherSiloGetsTheFirstAnswer()
    {
        using var first = new ApiClient(Cluster.Addresses[0]);
        using var second = new ApiClient(Cluster.Addresses[1]);
        var key = Guid.NewGuid().ToString();

        var taken = (await first.PostAsync("/api/halls/east/tickets", new { service = "tax" }, key)).Expect(201);

        Assert.Equal(taken.Body, (await second.PostAsync("/api/halls/east/tickets", new { service = "tax" }, key)).Expect(201).Body);
    }

    [Fact]
    public async Task AFeedTellsOfWhatIsDoneAtEveryOtherSilo()
    {
        foreach (var watched in Cluster.Addresses)
        {
            using var watcher = new ApiClient(watched);
            await FollowsAsync(watcher, Cluster.Addresses.Where(address => address != watched));
        }
    }

    [Fact]
    public async Task AProcessWithoutASiloServesTheSameTown()
    {
        await using var process = await Cluster.StartClientAsync();
        using var client = new ApiClient(process.Address);
        await client.SignInAsync("clerk10");

        using var atSilo = ClusterFixture.At(Cluster.Addresses[0], client);
        Assert.Equal("clerk10", (await atSilo.GetAsync("/api/session")).Expect(200).Text("user"));
        var ticket = (await client.PostAsync("/api/halls/west/tickets", new { service = "civil" })).Expect(201).Text("id");
        (await atSilo.GetAsync("/api/tickets/" + ticket)).Expect(200);
        (await client.GetAsync("/api/tickets/xxxxxxxxxxxxxxxxxxxxxx")).ExpectProblem(404, "unknown-ticket");
        await FollowsAsync(client, Cluster.Addresses);
    }

    [Fact]
    public async Task AFileThatComesInWhereNoSiloIsGoesOutWhereverItIsAskedFor()
    {
        await using var process = await Cluster.StartClientAsync();
        using var client = new ApiClient(process.Address);
        await client.SignInAsync("clerk11");
        var applied = (await client.PostAsync("/api/applications", new { item = "shop-licence", applicant = new { name = "李雷", idNumber = "44190019900101001X" } })).Expect(201);
        var (number, code) = (applied.Text("acceptanceNumber"), applied.Text("queryCode"));
        (await client.PostAsync($"/api/applications/{number}/correct", new { missing = new[] { "lease" } })).Expect(200);
        byte[] scan = [.. "%PDF-1.7"u8, .. RandomNumberGenerator.GetBytes(20 << 20)[8..]];

        var upload = new HttpRequestMessage(HttpMethod.Post, $"/api/applications/{number}/attachments?material=lease&name=a.pdf") { Content = new ByteArrayContent(scan) };
        (await client.SendAsync(upload)).Expect(201);

        foreach (var address in Cluster.Addresses.Append(process.Address))
        {
            using var there = new ApiClient(address);
            using var response = await there.FetchAsync($"/api/applications/{number}/attachments/1", ("X-Query-Code", code));
            Assert.Equal(scan, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task ADefinitionChangedAtOneSiloComesIntoForceAtEveryOther()
    {
        await using var process = await Cluster.StartClientAsync();
        using var admin = new ApiClient(Cluster.Addresses[0]);
        await admin.SignInAsync("admin");
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        files["items/brief-2.json"] = files["items/brief.json"]!.GetValue<string>().Replace("\"code\": \"brief\"", "\"code\": \"brief-2\"", StringComparison.Ordinal);
        (await admin.PostAsync("/api/catalogue", new { files })).Expect(200);
        var day = new { name = "test", date = "2099-01-05", isOffDay = true };
        var version = (await admin.PostAsync("/api/calendars/cn/days", new { days = new[] { day } })).Expect(200).Json["version"]!.GetValue<int>();

        foreach (var address in Cluster.Addresses.Append(process.Address))
        {
            using var there = new ApiClient(address);
            await Until.Holds($"the item is there at {address}", () => there.GetAsync("/api/items/brief-2"), answer => answer.Status == 200);
            await Until.Holds(
                $"the calendar is in force at {address}",
                async () => (await there.GetAsync("/api/calendars/cn")).Expect(200).Json["version"]!.GetValue<int>(),
                known => known == version);
        }
    }

    [Fact]
    public async Task ASiloWithAnotherMasterKeyDoesNotStart()
    {
        var other = Path.Combine(Path.GetDirectoryName(Cluster.MasterKeyFile)!, "other.key");
        await File.WriteAllTextAsync(other, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var data = Path.Combine(Path.GetDirectoryName(Cluster.MasterKeyFile)!, "other");

        foreach (var more in (string[][])[[], ["--client"]])
        {
            var (exitCode, said) = await ServerProcess.RunAsync(
                ["serve", "--data", data, "--urls", "http://127.0.0.1:0", "--postgres", Cluster.Connection, "--master-key", other, .. more]);
            Assert.Equal(2, exitCode);
            Assert.Contains("another master key", said, StringComparison.Ordinal);
        }
    }

    /// <summary>A watcher of a hall hears of a ticket taken at each of these addresses.</summary>
    private static async Task FollowsAsync(ApiClient watcher, IEnumerable<Uri> elsewhere)
    {
        await using var hub = await HubConnection.OpenAsync(watcher);
        Assert.Null(await hub.SubscribeAsync("hall/east"));
        var snapshot = await hub.NextAsync("the hall's snapshot", m => m is { Kind: "snapshot", Feed: "hall/east" });
        var known = Waiting(snapshot.State["waiting"]!.AsArray()) ?? 0;
        foreach (var address in elsewhere)
        {
            using var visitor = new ApiClient(address);
            (await visitor.PostAsync("/api/halls/east/tickets", new { service = "permits" })).Expect(201);
            known++;
            await hub.NextAsync(
                $"one more waits, after a ticket was taken at {address}",
                m => m.Kind == "changes" && m.Changes.Any(change => change!["waiting"] is { } waiting && Waiting(waiting.AsArray()) == known));
        }

        static int? Waiting(System.Text.Json.Nodes.JsonArray lists) =>
            lists.SingleOrDefault(list => list!["service"]!.GetValue<string>() == "permits")?["count"]!.GetValue<int>();
    }
}
