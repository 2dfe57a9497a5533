using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>One form over HTTP (A4): offered to the desk by identity number, to the applicant by an earlier case's query code.</summary>
[Collection(nameof(SharedTown))]
public sealed class OneFormTests(MortalTown town)
{
    private const string Item = "street-event";

    [Fact]
    public async Task WhatWasHandedInOnceIsOfferedForTheNextForm()
    {
        const string person = "44190019850505003X";
        var first = await ApplyAsync(person, new { place = "石龙路 18 号", category = "noise" });
        await ApplyAsync(person, new { place = "新桥路 2 号", category = "litter" });
        var clerk = await town.StaffAsync("clerk1");

        var desk = (await clerk.PostAsync("/api/one-form", new { idNumber = person, item = Item })).Expect(200);
        var code = first.Text("queryCode");
        var path = $"/api/applications/{first.Text("acceptanceNumber")}/one-form?item={Item}";
        var portal = (await town.Public.GetAsync(path, ("X-Query-Code", code))).Expect(200);

        Assert.Equal(first.Text("registrationNumber"), desk.Text("registrationNumber"));
        Assert.Equal(("李雷", "13800000000"), (desk.Text("name"), desk.Text("phone")));
        Assert.Equal("""{"place":"新桥路 2 号","category":"litter"}""", Text(desk));
        Assert.Equal(Text(desk), Text(portal));
        // Whoever holds a code is told what was answered, and not who it was.
        Assert.Null(portal.Json["name"]);
        Assert.Null(portal.Json["phone"]);
        (await ApplyAsync(person, desk.Json["form"]!)).Expect(201);
    }

    [Fact]
    public async Task SomebodyWhoWasNeverHereIsOfferedNothing()
    {
        var offer = (await (await town.StaffAsync("clerk1")).PostAsync("/api/one-form", new { idNumber = "11010119900101001X", item = Item })).Expect(200);

        Assert.Equal("{}", Text(offer));
        Assert.Null(offer.Json["name"]);
    }

    [Fact]
    public async Task ADepartmentIsToldOfTheCasesThatItMayRead()
    {
        const string person = "440106197001010010";
        var first = await ApplyAsync(person, new { place = "石龙路 18 号", category = "noise" });
        var path = $"/api/applications/{first.Text("acceptanceNumber")}/one-form?item={Item}";
        var (construction, tax) = (await town.StaffAsync("handler.construction"), await town.StaffAsync("handler.tax"));

        Assert.Equal("李雷", (await construction.PostAsync("/api/one-form", new { idNumber = person, item = Item })).Expect(200).Text("name"));
        Assert.NotEqual("{}", Text((await construction.GetAsync(path)).Expect(200)));
        var nothing = (await tax.PostAsync("/api/one-form", new { idNumber = person, item = Item })).Expect(200);
        Assert.Equal(("{}", null, null), (Text(nothing), nothing.Json["name"], nothing.Json["phone"]));
        (await tax.GetAsync(path)).ExpectProblem(403, "not-allowed");
    }

    [Fact]
    public async Task WhoMayNotAskIsRefused()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        var officer = await town.StaffAsync("officer");
        var clerk = await town.StaffAsync("clerk1");

        (await town.Public.PostAsync("/api/one-form", new { idNumber = "11010119900101001X", item = Item })).ExpectProblem(401, "not-signed-in");
        (await officer.PostAsync("/api/one-form", new { idNumber = "11010119900101001X", item = Item })).ExpectProblem(403, "not-allowed");
        (await clerk.PostAsync("/api/one-form", new { idNumber = "?", item = Item })).ExpectProblem(400, "validation");
        (await clerk.PostAsync("/api/one-form", new { idNumber = "11010119900101001X", item = "none" })).ExpectProblem(404, "unknown-item");
        (await town.Public.GetAsync($"/api/applications/{number}/one-form?item={Item}", ("X-Query-Code", "00000000"))).ExpectProblem(404, "unknown-application");
        (await town.Public.GetAsync($"/api/applications/none/one-form?item={Item}", ("X-Query-Code", "00000000"))).ExpectProblem(404, "unknown-application");
        (await clerk.GetAsync($"/api/applications/{number}/one-form?item=none")).ExpectProblem(404, "unknown-item");
    }

    private static string Text(Answer offer) => offer.Json["form"]!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private Task<Answer> ApplyAsync(string person, object form) => town.Public.PostAsync(
        "/api/applications", new { item = Item, applicant = new { name = "李雷", idNumber = person, phone = "13800000000" }, form, materials = Array.Empty<string>(), channel = "phone" });
}
