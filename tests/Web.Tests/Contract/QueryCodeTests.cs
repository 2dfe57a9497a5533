using System.Globalization;
using System.Net.Http.Headers;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>Wrong query codes over HTTP: after too many none is looked at for a time, and nothing tells whether there is such a case.</summary>
[Collection(nameof(SharedTown))]
public sealed class QueryCodeTests(MortalTown town)
{
    private const string Cases = "/api/applications/{number}";

    [Fact]
    public async Task AfterTenWrongCodesNoCodeOfACaseIsLookedAtAndAnUnknownNumberIsToldTheSame()
    {
        var (number, code) = await ReceivedAsync();
        var unknown = number + "X";
        for (var i = 0; i < 10; i++)
        {
            var wrong = i.ToString("00000000", CultureInfo.InvariantCulture);
            (await AskAsync(number, wrong)).ExpectProblem(404, "unknown-application");
            (await AskAsync(unknown, wrong)).ExpectProblem(404, "unknown-application");
        }

        var locked = (await AskAsync(number, code)).ExpectProblem(429, "too-many-requests");
        var unknowns = (await AskAsync(unknown, code)).ExpectProblem(429, "too-many-requests");

        Assert.Equal(locked.Body, unknowns.Body);
        foreach (var answer in new[] { locked, unknowns }) Assert.InRange(answer.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        (await (await town.StaffAsync("clerk1")).GetAsync("/api/applications/" + number)).Expect(200);
        var (other, itsCode) = await ReceivedAsync();
        (await AskAsync(other, itsCode)).Expect(200);
    }

    [Fact]
    public async Task EveryAddressThatTakesAQueryCodeIsHeldToIt()
    {
        var (number, code) = await ReceivedAsync();
        for (var i = 0; i < 10; i++) (await AskAsync(number, "00000000")).Expect(404);
        var document = (await town.Public.GetAsync("/openapi/v1.json")).Expect(200).Json["paths"]!.AsObject();
        List<string> held = [];

        foreach (var (path, methods) in document.Where(entry => entry.Key.StartsWith(Cases, StringComparison.Ordinal)))
            foreach (var method in methods!.AsObject().Select(entry => entry.Key))
            {
                var answer = await SendAsync(method, path, number, code);
                // What is for staff alone does not look at a code.
                if (answer.Status == 401) answer.ExpectProblem(401, "not-signed-in");
                else answer.ExpectProblem(429, "too-many-requests");
                Assert.Equal(answer.Status == 429, methods[method]!["responses"]!["429"] is not null);
                if (answer.Status == 429) held.Add(method + " " + path[Cases.Length..]);
            }

        Assert.Equal(
            [
                "get ", "get /attachments", "get /attachments/{id}", "get /fee", "get /one-form", "get /personal-data", "get /receipts", "get /receipts/{kind}",
                "get /receipts/{kind}.pdf", "post /attachments", "post /attachments/reuse", "post /fee/payments", "post /personal-data/correct",
            ],
            held.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task CallersAreToldApartByWhatTheProxySaysOfThem()
    {
        var folder = Directory.CreateTempSubdirectory("onestop-web-").FullName;
        try
        {
            await using var server = await ServerProcess.StartAsync(folder, ServerProcess.FreePort(), [("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true")]);
            using var proxy = new ApiClient(server.Address);
            var receipt = (await proxy.PostAsync("/api/applications", TownFixture.Application("shop-licence"))).Expect(201);
            Task<Answer> From(string caller, string number, string code) =>
                proxy.GetAsync("/api/applications/" + number, ("X-Query-Code", code), ("X-Forwarded-For", caller));
            for (var i = 0; i < 30; i++) (await From("203.0.113.7", "A" + i, "00000000")).ExpectProblem(404, "unknown-application");

            var (number, code) = (receipt.Text("acceptanceNumber"), receipt.Text("queryCode"));
            var locked = (await From("203.0.113.7", number, code)).ExpectProblem(429, "too-many-requests");

            Assert.InRange(locked.RetryAfter!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
            (await From("203.0.113.8", number, code)).Expect(200);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Task<Answer> AskAsync(string number, string code) => town.Public.GetAsync("/api/applications/" + number, ("X-Query-Code", code));

    private Task<Answer> SendAsync(string method, string path, string number, string code)
    {
        var address = path.Replace("{number}", number, StringComparison.Ordinal).Replace("{id}", "1", StringComparison.Ordinal).Replace("{kind}", "received", StringComparison.Ordinal);
        var (query, body) = (method, path[Cases.Length..]) switch
        {
            ("get", "/one-form") => ("?item=shop-licence", ""),
            ("post", "/attachments") => ("?material=Identity%20card&name=scan.jpg", "%PDF-1.7"),
            ("post", "/attachments/reuse") => ("", """{"from":"A0","attachment":1,"material":"Identity card"}"""),
            ("post", "/personal-data/correct") => ("", """{"phone":"13900000000"}"""),
            _ => ("", "{}"),
        };
        var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), address + query);
        if (method != "get") request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return town.Public.SendAsync(request, ("X-Query-Code", code));
    }

    private async Task<(string Number, string Code)> ReceivedAsync()
    {
        var receipt = await town.ApplyAsync("shop-licence");
        return (receipt.Text("acceptanceNumber"), receipt.Text("queryCode"));
    }
}
