using System.Text.Json;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>The register of licences over HTTP (A15).</summary>
[Collection(nameof(SharedTown))]
public sealed class LicenceTests(MortalTown town)
{
    [Fact]
    public async Task AGrantMakesALicenceThatAnybodyVerifiesAndTheDepartmentKeeps()
    {
        var head = await town.StaffAsync("head.market");
        var (number, licence) = await GrantedAsync("trade-permit");

        var seen = (await town.Public.GetAsync($"/api/licences/{licence}")).Expect(200);
        Assert.Equal(("valid", "trade-permit", "market"), (seen.Text("state"), seen.Text("item"), seen.Text("department")));
        Assert.All(["李雷", "44190019900101001X", "13800000000"], secret => Assert.DoesNotContain(secret, seen.Body, StringComparison.Ordinal));
        Assert.Null(seen.Json["holder"]);
        Assert.Equal(
            licence,
            (await head.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items.Single(e => e["type"]!.GetValue<string>() == "application.licence-granted.v1")["data"]!["licence"]!.GetValue<string>());

        // Notice is given 1,000 days before terms of 12 and 24 months: the durable clock gives both at once, and renewal is open.
        await Until.Holds("both reminders", () => TypesAsync(head, licence), types => types.Count(type => type == "licence.reminded.v1") == 2);
        (await head.PostAsync($"/api/licences/{licence}/inspect", new { passed = false })).ExpectProblem(400, "validation");
        (await head.PostAsync($"/api/licences/{licence}/inspect", new { passed = true, opinion = "现场核查合格" }, "inspect-1")).Expect(200);
        (await head.PostAsync($"/api/licences/{licence}/inspect", new { passed = true, opinion = "现场核查合格" }, "inspect-1")).Expect(200);
        var renewed = (await head.PostAsync($"/api/licences/{licence}/renew")).Expect(200);
        Assert.True(DateTimeOffset.Parse(renewed.Text("validUntil"), null) > DateTimeOffset.Parse(seen.Text("validUntil"), null).AddMonths(23));
        (await (await town.StaffAsync("head.tax")).PostAsync($"/api/licences/{licence}/revoke", new { basis = "第六十九条", reason = "x" })).ExpectProblem(403, "not-allowed");
        (await head.PostAsync($"/api/licences/{licence}/revoke", new { basis = "第六十九条", reason = "提供虚假材料" })).Expect(200);
        (await head.PostAsync($"/api/licences/{licence}/renew")).ExpectProblem(409, "licence-revoked");

        Assert.Equal("revoked", (await town.Public.GetAsync($"/api/licences/{licence}")).Expect(200).Text("state"));
        var story = (await head.GetAsync($"/api/licences/{licence}/timeline")).Expect(200).Items;
        Assert.Single(story, e => e["type"]!.GetValue<string>() == "licence.inspected.v1");
        Assert.Equal("提供虚假材料", story[^1]["data"]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task TheRegisterIsListedByDepartmentStateAndEndForStaffOnly()
    {
        var head = await town.StaffAsync("head.market");
        var (_, licence) = await GrantedAsync("listed-permit");

        string[] Numbers(Answer answer) => [.. answer.Expect(200).Items.Select(l => l["number"]!.GetValue<string>())];
        Assert.Equal([licence], Numbers(await head.GetAsync("/api/licences?department=market&item=listed-permit&state=valid")));
        Assert.Empty(Numbers(await head.GetAsync("/api/licences?item=listed-permit&state=expired")));
        Assert.Equal([licence], Numbers(await head.GetAsync("/api/licences?item=listed-permit&endsBefore=2199-01-01T00:00:00Z")));
        Assert.Empty(Numbers(await head.GetAsync("/api/licences?item=listed-permit&endsBefore=2026-01-01T00:00:00Z")));
        (await town.Public.GetAsync("/api/licences")).ExpectProblem(401, "not-signed-in");
        (await town.Public.GetAsync($"/api/licences/{licence}/timeline")).ExpectProblem(401, "not-signed-in");
        (await head.GetAsync("/api/licences?state=lost")).ExpectProblem(400, "validation");
        (await head.GetAsync("/api/licences?endsBefore=tomorrow")).ExpectProblem(400, "validation");
        (await town.Public.GetAsync("/api/licences/LNONE")).ExpectProblem(404, "unknown-licence");
        (await town.Public.GetAsync("/api/licences/" + new string('L', 102))).ExpectProblem(404, "unknown-licence");
    }

    private static async Task<string[]> TypesAsync(ApiClient staff, string licence) =>
        [.. (await staff.GetAsync($"/api/licences/{licence}/timeline")).Expect(200).Items.Select(e => e["type"]!.GetValue<string>())];

    private async Task<(string Number, string Licence)> GrantedAsync(string code)
    {
        var (admin, head) = (await town.StaffAsync("admin"), await town.StaffAsync("head.market"));
        var item = QuickItems.Item(code, TimeSpan.FromDays(7), TimeSpan.FromDays(20));
        item["licence"] = JsonSerializer.SerializeToNode(new { name = new { zh = "许可证", en = "Permit" }, validMonths = 24, inspectionMonths = 12, noticeDays = 1000 });
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        files[$"items/{code}.json"] = item.ToJsonString();
        (await admin.PostAsync("/api/catalogue", new { files })).Expect(200);
        Assert.Equal(24, (await town.Public.GetAsync($"/api/items/{code}")).Expect(200).Json["licence"]!["validMonths"]!.GetValue<int>());
        var number = (await town.ApplyAsync(code)).Text("acceptanceNumber");
        (await head.PostAsync($"/api/applications/{number}/accept")).Expect(200);
        (await head.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).Expect(200);
        return (number, "L" + number);
    }
}
