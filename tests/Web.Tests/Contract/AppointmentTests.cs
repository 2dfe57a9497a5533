using System.Globalization;
using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

public sealed class AppointmentTests(TownFixture town) : IClassFixture<TownFixture>
{
    private static int persons;

    [Fact]
    public async Task ASlotIsBookedSeenAndGivenUpAgain()
    {
        var (day, slot, free) = await FreeSlotAsync("civil", 3);

        var booked = (await BookAsync("civil", slot)).Expect(201).Json;
        var id = booked["id"]!.GetValue<string>();
        var taken = await FreeAsync("civil", day, slot);
        (await town.Public.DeleteAsync("/api/appointments/" + id)).Expect(204);

        Assert.Equal(("civil", "open"), (booked["service"]!.GetValue<string>(), booked["state"]!.GetValue<string>()));
        Assert.Equal((free - 1, free), (taken, await FreeAsync("civil", day, slot)));
        Assert.Equal("cancelled", (await town.Public.GetAsync("/api/appointments/" + id)).Expect(200).Text("state"));
        (await town.Public.DeleteAsync("/api/appointments/" + id)).ExpectProblem(409, "wrong-state");
    }

    [Fact]
    public async Task OnePersonHasOneOpenAppointmentForAServiceAlsoOnAnotherDay()
    {
        var (_, first, _) = await FreeSlotAsync("social", 3);
        var (_, other, _) = await FreeSlotAsync("social", 4);
        var person = Person();
        var id = (await BookAsync("social", first, person)).Expect(201).Text("id");

        (await BookAsync("social", first, person)).ExpectProblem(409, "already-booked");
        (await BookAsync("social", other, person)).ExpectProblem(409, "already-booked");
        (await town.Public.DeleteAsync("/api/appointments/" + id)).Expect(204);

        (await BookAsync("social", other, person)).Expect(201);
    }

    [Fact]
    public async Task WhereNoChannelReachesATelephoneNoReminderIsPromised()
    {
        var (day, _, _) = await FreeSlotAsync("civil", 7);

        var slots = (await town.Public.GetAsync($"/api/halls/shilong/slots?service=civil&day={day}")).Expect(200).Items;

        Assert.All(slots, slot => Assert.Null(slot["remindAt"]));
    }

    [Fact]
    public async Task AFullSlotTakesNobodyElse()
    {
        var (day, slot, free) = await FreeSlotAsync("market", 5);
        var answers = await Task.WhenAll(Enumerable.Range(0, free + 3).Select(_ => BookAsync("market", slot)));

        Assert.Equal(free, answers.Count(a => a.Status == 201));
        Assert.All(answers.Where(a => a.Status != 201), a => a.ExpectProblem(409, "over-capacity"));
        Assert.Equal(0, await FreeAsync("market", day, slot));
    }

    [Fact]
    public async Task TheSameKeyBooksOnce()
    {
        var (day, slot, free) = await FreeSlotAsync("enquiry", 6);
        var body = Body("enquiry", slot, Person());

        var first = (await town.Public.PostAsync("/api/halls/shilong/appointments", body, "book-1")).Expect(201);
        var again = (await town.Public.PostAsync("/api/halls/shilong/appointments", body, "book-1")).Expect(201);

        Assert.Equal(first.Body, again.Body);
        Assert.Equal(free - 1, await FreeAsync("enquiry", day, slot));
    }

    [Fact]
    public async Task WhatCannotBeBookedIsRefusedWithItsReason()
    {
        var (_, slot, _) = await FreeSlotAsync("tax", 3);
        (await BookAsync("tax", slot.AddDays(-10))).ExpectProblem(400, "validation");
        (await BookAsync("tax", slot.AddMinutes(7))).ExpectProblem(400, "validation");
        (await BookAsync("tax", slot.AddDays(200))).ExpectProblem(400, "validation");
        (await BookAsync("tax", DateTimeOffset.MinValue)).ExpectProblem(400, "validation");
        (await BookAsync("tax", DateTimeOffset.MaxValue)).ExpectProblem(400, "validation");
        (await BookAsync("nothing", slot)).ExpectProblem(404, "unknown-service");
        (await BookAsync("tax", slot, phone: "none")).ExpectProblem(400, "validation");
        (await town.Public.GetAsync("/api/halls/shilong/slots?service=tax&day=tomorrow")).ExpectProblem(400, "validation");
        (await town.Public.GetAsync("/api/appointments/" + new string('x', 22))).ExpectProblem(404, "unknown-appointment");
    }

    [Fact]
    public async Task AnAppointmentsTicketNeedsItsAppointmentAndItsDay()
    {
        (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "permits", segment = "appointment" })).ExpectProblem(400, "validation");
        var (_, slot, _) = await FreeSlotAsync("permits", 3);
        var id = (await BookAsync("permits", slot)).Expect(201).Text("id");

        (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "permits", appointment = id })).ExpectProblem(409, "wrong-state");
        (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "tax", appointment = id })).ExpectProblem(400, "validation");

        Assert.Equal("open", (await town.Public.GetAsync("/api/appointments/" + id)).Text("state"));
    }

    private Task<Answer> BookAsync(string service, DateTimeOffset slot, string? person = null, string phone = "13800000000") =>
        town.Public.PostAsync("/api/halls/shilong/appointments", Body(service, slot, person ?? Person(), phone));

    private static object Body(string service, DateTimeOffset slot, string idNumber, string phone = "13800000000") =>
        new { service, slot, applicant = new { name = "韩梅梅", idNumber, phone } };

    private static string Person() => string.Create(CultureInfo.InvariantCulture, $"4419001990{Interlocked.Increment(ref persons):D8}");

    private async Task<(string Day, DateTimeOffset Slot, int Free)> FreeSlotAsync(string service, int daysAhead)
    {
        var day = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).AddDays(daysAhead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var slot = (await SlotsAsync(service, day)).Last(s => s!["free"]!.GetValue<int>() > 0)!;
        return (day, slot["at"]!.GetValue<DateTimeOffset>(), slot["free"]!.GetValue<int>());
    }

    private async Task<int> FreeAsync(string service, string day, DateTimeOffset slot) =>
        (await SlotsAsync(service, day)).Single(s => s!["at"]!.GetValue<DateTimeOffset>() == slot)!["free"]!.GetValue<int>();

    private async Task<JsonArray> SlotsAsync(string service, string day) =>
        (await town.Public.GetAsync($"/api/halls/shilong/slots?service={service}&day={day}")).Expect(200).Json["items"]!.AsArray();
}
