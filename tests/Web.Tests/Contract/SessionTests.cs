using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

public sealed class SessionTests(TownFixture town) : IClassFixture<TownFixture>
{
    [Fact]
    public async Task SigningInGivesASessionWithRolesPlaceAndAntiforgeryToken()
    {
        using var client = new ApiClient(town.Address);
        (await client.PostAsync("/api/session", new { user = "clerk3", password = ServerProcess.Password })).Expect(204);

        var session = (await client.GetAsync("/api/session")).Expect(200).Json;

        Assert.Equal("clerk3", session["user"]!.GetValue<string>());
        Assert.Equal("c3", session["counter"]!.GetValue<string>());
        Assert.Contains("clerk", session["roles"]!.AsArray().Select(role => role!.GetValue<string>()));
        Assert.NotEmpty(session["antiforgery"]!.GetValue<string>());
    }

    [Fact]
    public async Task TheDepartmentOfAHandlerIsInTheSession()
    {
        var session = await (await town.StaffAsync("handler.market")).GetAsync("/api/session");
        Assert.Equal("market", session.Text("department"));
    }

    [Fact]
    public async Task WithoutASessionThereIsNone() =>
        (await town.Public.GetAsync("/api/session")).ExpectProblem(401, "not-signed-in");

    [Fact]
    public async Task SigningOutEndsTheSession()
    {
        using var client = new ApiClient(town.Address);
        await client.SignInAsync("clerk4");

        (await client.DeleteAsync("/api/session")).Expect(204);

        (await client.GetAsync("/api/session")).ExpectProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task AStateChangingCallOfASessionNeedsItsAntiforgeryToken()
    {
        using var client = new ApiClient(town.Address);
        await client.SignInAsync("clerk5");
        client.Antiforgery = null;
        var before = (await town.Public.GetAsync("/api/halls/shilong/board")).Body;

        (await client.PostAsync("/api/halls/shilong/counters/c5/open")).ExpectProblem(403, "antiforgery");
        client.Antiforgery = "another";
        (await client.PostAsync("/api/halls/shilong/counters/c5/open")).ExpectProblem(403, "antiforgery");
        (await client.DeleteAsync("/api/session")).ExpectProblem(403, "antiforgery");

        Assert.Equal(before, (await town.Public.GetAsync("/api/halls/shilong/board")).Body);
    }

    [Fact]
    public async Task AWrongPasswordAndAnUnknownUserAreToldAlike()
    {
        var wrong = await town.Public.PostAsync("/api/session", new { user = "clerk6", password = "wrong" });
        var unknown = await town.Public.PostAsync("/api/session", new { user = "nobody", password = "wrong" });

        wrong.ExpectProblem(401, "wrong-password");
        Assert.Equal(wrong.Body, unknown.Expect(401).Body);
    }

    [Fact]
    public async Task TooManyWrongPasswordsLockTheAccountForAWhileAndSayHowLong()
    {
        var wrong = new { user = "head.tax", password = "wrong" };
        for (var i = 0; i < 10; i++) (await town.Public.PostAsync("/api/session", wrong)).Expect(401);

        var locked = await town.Public.PostAsync("/api/session", new { user = "head.tax", password = ServerProcess.Password });

        locked.ExpectProblem(429, "too-many-requests");
        Assert.InRange(locked.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("POST", "/api/halls/shilong/counters/c1/call-next")]
    [InlineData("GET", "/api/halls/shilong/counters/c1")]
    [InlineData("GET", "/api/tasks")]
    [InlineData("POST", "/api/tasks/A1.review/claim")]
    [InlineData("GET", "/api/applications/A1/timeline")]
    [InlineData("GET", "/api/applications/A1/deadlines")]
    [InlineData("POST", "/api/applications/A1/accept")]
    [InlineData("GET", "/api/supervision/cards")]
    public async Task StaffRoutesAskForASession(string method, string path)
    {
        var answer = await town.Public.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        answer.ExpectProblem(401, "not-signed-in");
    }

    [Theory]
    [InlineData("handler.market", "POST", "/api/halls/shilong/counters/c1/call-next")]
    [InlineData("clerk1", "GET", "/api/supervision/cards")]
    public async Task ARouteOfAnotherRoleIsNotAllowed(string user, string method, string path)
    {
        var answer = await (await town.StaffAsync(user)).SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        answer.ExpectProblem(403, "not-allowed");
    }
}
