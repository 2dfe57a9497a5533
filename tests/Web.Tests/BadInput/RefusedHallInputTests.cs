using System.Globalization;
using System.Text.Json.Nodes;
using OneStop.Domain.Catalogue;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.BadInput;

/// <summary>What visitors and clerks ask of the hall that cannot be: each is refused by its code and changes nothing.</summary>
public sealed class RefusedHallInputTests(RefusedHallInputTests.BlackoutTown town) : IClassFixture<RefusedHallInputTests.BlackoutTown>
{
    private const string Tickets = "/api/halls/shilong/tickets";

    private static int persons;

    [Fact]
    public async Task AClosedServiceGivesNoTicket()
    {
        var officer = await town.StaffAsync("officer");
        (await officer.PostAsync("/api/halls/shilong/services/social/close")).Expect(200);
        await UnchangedAsync(async () => (await town.Public.PostAsync(Tickets, new { service = "social" })).ExpectProblem(409, "service-closed"));
    }

    [Fact]
    public async Task AClerkGetsNoSecondActiveTicket()
    {
        var desk = await DeskAsync(7);
        (await desk.CallAsync(await TakeAsync("civil"))).Expect(200);
        var waiting = await TakeAsync("civil");
        await UnchangedAsync(async () =>
        {
            (await desk.DoAsync("call-next")).ExpectProblem(409, "counter-busy");
            (await desk.CallAsync(waiting)).ExpectProblem(409, "counter-busy");
        });
    }

    [Fact]
    public async Task ATicketThatNobodyCalledIsNotFinished()
    {
        var desk = await DeskAsync(4);
        var id = await TakeAsync("tax");
        await UnchangedAsync(async () => (await desk.FinishAsync()).ExpectProblem(409, "wrong-state"));
        Assert.Equal("waiting", (await town.Public.GetAsync("/api/tickets/" + id)).Text("state"));
    }

    [Fact]
    public async Task NobodyRatesBeforeTheServiceOrTwice()
    {
        var desk = await DeskAsync(3);
        var id = await TakeAsync("market");
        await UnchangedAsync(async () => (await RateAsync(id)).ExpectProblem(409, "not-served"));
        (await desk.CallAsync(id)).Expect(200);
        (await desk.FinishAsync()).Expect(200);
        (await RateAsync(id)).Expect(200);
        await UnchangedAsync(async () => (await RateAsync(id)).ExpectProblem(409, "already-rated"));
    }

    [Fact]
    public Task NoAppointmentIsInThePast() => UnchangedAsync(async () =>
        Assert.Equal(["/slot in-the-past"], (await BookAsync(Slot(-1))).ExpectProblem(400, "validation").Faults));

    [Fact]
    public Task NoAppointmentIsOnABlackoutDay() => UnchangedAsync(async () =>
    {
        Assert.Equal(["/slot blackout-day"], (await BookAsync(Slot(BlackoutTown.DaysAhead))).ExpectProblem(400, "validation").Faults);
        Assert.Empty((await town.Public.GetAsync($"/api/halls/shilong/slots?service=civil&day={Slot(BlackoutTown.DaysAhead):yyyy-MM-dd}")).Expect(200).Items);
    });

    [Fact]
    public async Task AFullSlotIsNotOverbooked()
    {
        for (var i = 0; i < 4; i++) (await BookAsync(Slot(2))).Expect(201);
        await UnchangedAsync(async () => (await BookAsync(Slot(2))).ExpectProblem(409, "over-capacity"));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("12")]
    [InlineData("+86 138 0000 0000 0000 0000")]
    [InlineData("１３８００００００００")]
    public Task APhoneNumberThatIsNoneIsRefused(string phone) => UnchangedAsync(async () =>
    {
        Assert.Equal(["/phone out-of-range"], (await town.Public.PostAsync(Tickets, new { service = "civil", phone })).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["/applicant/phone out-of-range"], (await BookAsync(Slot(3), phone)).ExpectProblem(400, "validation").Faults);
    });

    private static DateTimeOffset Slot(int daysAhead)
    {
        var day = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).AddDays(daysAhead);
        return new DateTimeOffset(day.Year, day.Month, day.Day, 9, 30, 0, day.Offset);
    }

    private async Task<Desk> DeskAsync(int number)
    {
        var desk = new Desk(await town.StaffAsync("clerk" + number.ToString(CultureInfo.InvariantCulture)), number);
        await desk.OpenAsync();
        return desk;
    }

    private async Task<string> TakeAsync(string service) => (await town.Public.PostAsync(Tickets, new { service })).Expect(201).Text("id");

    private Task<Answer> RateAsync(string id) => town.Public.PostAsync($"/api/tickets/{id}/rate", new { grade = "satisfied" });

    private Task<Answer> BookAsync(DateTimeOffset slot, string phone = "13800000000") => town.Public.PostAsync("/api/halls/shilong/appointments", new
    {
        service = "civil",
        slot,
        applicant = new { name = "韩梅梅", idNumber = string.Create(CultureInfo.InvariantCulture, $"4419001991{Interlocked.Increment(ref persons):D8}"), phone },
    });

    private async Task UnchangedAsync(Func<Task> act)
    {
        var before = await EverythingAsync();
        await act();
        Assert.Equal(before, await EverythingAsync());
    }

    /// <summary>The board, the free slots and the ratings as they stand, less what passes with time.</summary>
    private async Task<string> EverythingAsync()
    {
        var hall = (await town.Public.GetAsync("/api/halls/shilong/board")).Expect(200).Json;
        foreach (var list in hall["waiting"]!.AsArray()) list!.AsObject().Remove("longestSeconds");
        var slots = new JsonArray();
        foreach (var day in new[] { 2, 3, BlackoutTown.DaysAhead })
            slots.Add((await town.Public.GetAsync($"/api/halls/shilong/slots?service=civil&day={Slot(day):yyyy-MM-dd}")).Expect(200).Json);
        var ratings = await (await town.StaffAsync("officer")).GetAsync("/api/supervision/ratings?hall=shilong");
        return hall.ToJsonString() + slots.ToJsonString() + ratings.Expect(200).Body;
    }

    /// <summary>The sample town with a day without appointments.</summary>
    public sealed class BlackoutTown : TownFixture
    {
        internal const int DaysAhead = 6;

        protected override TownDefinition Define(TownDefinition sample)
        {
            var hall = sample.Halls[0];
            return sample with { Halls = [hall with { Appointments = hall.Appointments! with { BlackoutDays = [DateOnly.FromDateTime(Slot(DaysAhead).DateTime)] } }] };
        }
    }
}
