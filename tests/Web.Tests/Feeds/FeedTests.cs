using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Feeds;

public sealed class FeedTests(TownFixture town) : IClassFixture<TownFixture>
{
    [Fact]
    public async Task AHallGivesASnapshotAndThenChangesOfConsecutiveVersions()
    {
        await using var hub = await HubConnection.OpenAsync(town.Public);
        Assert.Null(await hub.SubscribeAsync("hall/shilong"));
        var snapshot = await hub.NextAsync("the hall's snapshot", m => m is { Kind: "snapshot", Feed: "hall/shilong" });
        Assert.Equal(8, snapshot.State["counters"]!.AsArray().Count);

        const int Tickets = 10;
        for (var i = 0; i < Tickets; i++) await town.TakeTicketAsync("permits");
        var version = snapshot.Version;
        for (var count = 0; count < Tickets;)
        {
            var changes = await hub.NextAsync($"changes from version {version}", m => m.Kind == "changes" && m.Version >= snapshot.Version);
            Assert.Equal((snapshot.Epoch, version), (changes.Epoch, changes.Version));
            Assert.NotEmpty(changes.Changes);
            version += changes.Changes.Count;
            foreach (var change in changes.Changes)
                if (change!["waiting"]?.AsArray().SingleOrDefault(w => w!["service"]!.GetValue<string>() == "permits") is { } line)
                    count = line["count"]!.GetValue<int>();
        }

        Assert.True(version > snapshot.Version);
    }

    [Fact]
    public async Task TheVersionIsToldAgainAndAgainThoughNothingHappens()
    {
        await using var hub = await HubConnection.OpenAsync(town.Public);
        Assert.Null(await hub.SubscribeAsync("hall/shilong"));
        var snapshot = await hub.NextAsync("the hall's snapshot", m => m.Kind == "snapshot");
        for (var i = 0; i < 3; i++)
        {
            var beat = await hub.NextAsync("the version, as every second", m => m.Kind == "version");
            Assert.Equal(("hall/shilong", snapshot.Epoch), (beat.Feed, beat.Epoch));
            Assert.True(beat.Version >= snapshot.Version);
        }
    }

    [Fact]
    public async Task ATicketTellsThatItIsCalled()
    {
        var desk = await town.DeskAsync(4);
        var id = await town.TakeTicketAsync("tax");
        await using var hub = await HubConnection.OpenAsync(town.Public);
        Assert.Null(await hub.SubscribeAsync("ticket/" + id));
        var snapshot = await hub.NextAsync("the ticket's snapshot", m => m.Kind == "snapshot");
        Assert.Equal("waiting", snapshot.State["state"]!.GetValue<string>());

        (await desk.CallAsync(id)).Expect(200);

        await hub.NextAsync("the ticket is called", m => m.Kind == "changes" && m.Changes.Any(c => c!["state"]?.GetValue<string>() == "called"));
        (await desk.FinishAsync()).Expect(200);
    }

    [Fact]
    public async Task TheRegionTellsOfAnAcceptedCase()
    {
        await using var hub = await HubConnection.OpenAsync(town.Public);
        Assert.Null(await hub.SubscribeAsync("region/441900102"));
        var snapshot = await hub.NextAsync("the region's snapshot", m => m.Kind == "snapshot");
        var accepted = snapshot.State["acceptedToday"]!.GetValue<int>();
        var number = (await town.ApplyAsync("tax-registration")).Text("acceptanceNumber");

        (await (await town.StaffAsync("head.tax")).PostAsync($"/api/applications/{number}/accept")).Expect(200);

        await hub.NextAsync("one more accepted today", m => m.Kind == "changes" && m.Changes.Any(c => c!["acceptedToday"]?.GetValue<int>() == accepted + 1));
    }

    [Theory]
    [InlineData("department/market")]
    [InlineData("application/A0")]
    public async Task WhatIsForStaffIsRefusedToThePublic(string feed)
    {
        await using var hub = await HubConnection.OpenAsync(town.Public);
        Assert.EndsWith("not-signed-in", await hub.SubscribeAsync(feed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StaffFollowTheirDepartmentAndItsCases()
    {
        var head = await town.StaffAsync("head.market");
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        await using var hub = await HubConnection.OpenAsync(head);
        Assert.Null(await hub.SubscribeAsync("department/market"));
        Assert.Null(await hub.SubscribeAsync("application/" + number));
        await hub.NextAsync("the case's snapshot", m => m.Kind == "snapshot" && m.Feed == "application/" + number);

        (await head.PostAsync($"/api/applications/{number}/accept")).Expect(200);

        await hub.NextAsync("the case is accepted", m => m.Kind == "changes" && m.Feed == "application/" + number);
    }

    [Fact]
    public async Task AnApplicantFollowsTheCaseByItsQueryCodeAndIsToldOfNobody()
    {
        var receipt = await town.ApplyAsync("shop-licence");
        var (number, feed) = (receipt.Text("acceptanceNumber"), "application/" + receipt.Text("acceptanceNumber"));
        var handler = await town.StaffAsync("handler.market");
        await using var hub = await HubConnection.OpenAsync(town.Public);
        Assert.Null(await hub.InvokeAsync("SubscribeWithCode", feed, receipt.Text("queryCode")));
        var snapshot = await hub.NextAsync("the case's snapshot", m => m.Kind == "snapshot" && m.Feed == feed);
        Assert.Equal("received", snapshot.State["state"]!.GetValue<string>());

        (await (await town.StaffAsync("head.market")).PostAsync($"/api/applications/{number}/accept")).Expect(200);
        (await handler.PostAsync($"/api/tasks/{number}.review/claim")).Expect(200);
        (await handler.PostAsync($"/api/tasks/{number}.review/complete", new { outcome = "approved", opinion = "同意" })).Expect(200);

        await hub.NextAsync("the finished step, and not who finished it", m =>
        {
            if (m.Kind != "changes" || m.Feed != feed) return false;
            var said = string.Concat(m.Changes.Select(change => change!.ToJsonString()));
            Assert.DoesNotContain("handler.market", said, StringComparison.Ordinal);
            return said.Contains("\"done\"", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task AWrongCodeAnUnknownCaseAndAnotherFeedAreRefused()
    {
        var receipt = await town.ApplyAsync("shop-licence");
        await using var hub = await HubConnection.OpenAsync(town.Public);
        foreach (var (feed, code, refusal) in new[]
        {
            ("application/" + receipt.Text("acceptanceNumber"), "0000000", "unknown-application"),
            ("application/" + receipt.Text("acceptanceNumber"), "", "unknown-application"),
            ("application/A0", receipt.Text("queryCode"), "unknown-application"),
            ("department/market", receipt.Text("queryCode"), "unknown-feed"),
            ("rubbish", receipt.Text("queryCode"), "unknown-feed"),
        })
        {
            Assert.EndsWith(refusal, await hub.InvokeAsync("SubscribeWithCode", feed, code), StringComparison.Ordinal);
        }

        Assert.EndsWith("not-signed-in", await hub.SubscribeAsync("application/" + receipt.Text("acceptanceNumber")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hall/nowhere", "unknown-hall")]
    [InlineData("region/110000", "unknown-region")]
    [InlineData("ticket/xxxxxxxxxxxxxxxxxxxxxx", "unknown-ticket")]
    [InlineData("weather/shilong", "unknown-feed")]
    [InlineData("rubbish", "unknown-feed")]
    [InlineData("", "unknown-feed")]
    [InlineData("hall/", "unknown-feed")]
    [InlineData(null, "unknown-feed")]
    public async Task AFeedThatDoesNotExistIsRefused(string? feed, string code)
    {
        await using var hub = await HubConnection.OpenAsync(town.Public);
        Assert.EndsWith(code, await hub.InvokeAsync("Subscribe", feed), StringComparison.Ordinal);
        Assert.Null(await hub.SubscribeAsync("hall/shilong"));
    }

    [Fact]
    public async Task AFeedThatIsLeftIsSilent()
    {
        await using var hub = await HubConnection.OpenAsync(town.Public);
        Assert.Null(await hub.SubscribeAsync("hall/shilong"));
        Assert.Null(await hub.SubscribeAsync("region/441900102"));
        Assert.Null(await hub.InvokeAsync("Unsubscribe", "hall/shilong"));
        await hub.NextAsync("a beat of the region", m => m is { Kind: "version", Feed: "region/441900102" });

        // What was on its way when the hall was left has come by now; after another beat there is nothing more of it.
        await hub.NextAsync("a second beat of the region and none of the hall", m =>
        {
            Assert.False(m is { Kind: "version", Feed: "hall/shilong" });
            return m is { Kind: "version", Feed: "region/441900102" };
        });
    }

    [Fact]
    public async Task OneConnectionFollowsSoManyFeedsAndNoMore()
    {
        await using var hub = await HubConnection.OpenAsync(town.Public);
        for (var i = 0; i < 50; i++) Assert.Null(await hub.SubscribeAsync("ticket/" + await town.TakeTicketAsync("enquiry")));
        Assert.EndsWith("too-many-requests", await hub.SubscribeAsync("hall/shilong"), StringComparison.Ordinal);
    }
}
