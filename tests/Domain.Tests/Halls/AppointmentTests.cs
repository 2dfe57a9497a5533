using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Appointments;

namespace OneStop.Domain.Tests.Halls;

public class AppointmentTests
{
    private static readonly DateTimeOffset Now = Times.At("2026-03-02 10:10");
    private static readonly AppointmentBook Book = Booked(AppointmentBook.Empty, "a1", "p1", "2026-03-03 09:30");

    [Theory]
    [InlineData("2026-03-02 09:30", "validation", "in-the-past")]
    [InlineData("2026-03-01 09:30", "validation", "in-the-past")]
    [InlineData("2026-03-04 09:30", "validation", "blackout-day")]
    [InlineData("2026-03-17 09:30", "validation", "too-far-ahead")]
    [InlineData("2026-03-03 12:30", "validation", "unknown-slot")]
    [InlineData("2026-03-03 09:40", "validation", "unknown-slot")]
    public void ASlotThatIsNoneIsRefused(string slot, string code, string fault)
    {
        var decision = Decide(Book, "p9", slot);
        Assert.Equal((code, fault, "/slot"), (decision.CodeOf(), decision.Refusal!.Faults[0].Code, decision.Refusal.Faults[0].Pointer));
    }

    [Fact]
    public void ASlotTakesNoMoreThanItHolds()
    {
        var full = Booked(Book, "a2", "p2", "2026-03-03 09:30");
        Assert.Equal("over-capacity", Decide(full, "p3", "2026-03-03 09:30").CodeOf());
        Assert.Equal(0, Slots(full).Single(s => s.At == Times.At("2026-03-03 09:30")).Free);
        var freed = full.Evolve(AppointmentRules.Cancel(full, "a2", "public", Now).OrThrow().Single());
        Assert.Null(Decide(freed, "p3", "2026-03-03 09:30").Refusal);
    }

    [Fact]
    public void APersonHasOneOpenAppointmentAService()
    {
        Assert.Equal("already-booked", Decide(Book, "p1", "2026-03-03 10:00").CodeOf());
        Assert.Equal("already-booked", Decide(Book, "p2", "2026-03-03 10:00", openElsewhere: "a7").CodeOf());
    }

    [Fact]
    public void AServiceWithoutPlacesTakesNone()
    {
        var command = new BookAppointment("a", "social", Times.At("2026-03-03 09:30"), "p");
        Assert.Equal("service-closed", AppointmentRules.Book(AppointmentBook.Empty, Tickets.Hall, command, null, "public", Now).CodeOf());
        Assert.Empty(AppointmentRules.Slots(AppointmentBook.Empty, Tickets.Hall, "social", Times.Day("2026-03-03"), canRemind: true, Now));
        Assert.Empty(AppointmentRules.Slots(AppointmentBook.Empty, Tickets.Hall, "civil", Times.Day("2026-03-04"), canRemind: true, Now));
        Assert.Equal(12, Slots(Book).Length);
        Assert.Equal(Times.At("2026-03-02 10:30"), AppointmentRules.Slots(AppointmentBook.Empty, Tickets.Hall, "civil", Times.Day("2026-03-02"), canRemind: true, Now)[0].At);
    }

    [Theory]
    [InlineData("2026-03-03 09:00", Segment.Appointment)]
    [InlineData("2026-03-03 10:10", Segment.Appointment)]
    [InlineData("2026-03-03 10:11", Segment.Ordinary)]
    public void WhoComesInTimeHasAnAppointmentsTicketAndWhoComesLateAnOrdinaryOne(string at, Segment segment)
    {
        var kept = Assert.IsType<AppointmentKept>(AppointmentRules.CheckIn(Book, Tickets.Hall, "a1", "t1", "kiosk", Times.At(at)).OrThrow().Single());
        Assert.Equal(segment, kept.Segment);
        Assert.Equal("wrong-state", AppointmentRules.CheckIn(Book.Evolve(kept), Tickets.Hall, "a1", "t2", "kiosk", Times.At(at)).CodeOf());
    }

    [Theory]
    [InlineData("2026-03-03 08:59")]
    [InlineData("2026-03-04 09:30")]
    public void NobodyChecksInLongBeforeOrOnAnotherDay(string at) =>
        Assert.Equal("wrong-state", AppointmentRules.CheckIn(Book, Tickets.Hall, "a1", "t1", "kiosk", Times.At(at)).CodeOf());

    [Fact]
    public void TheEndOfTheDayAccountsForWhoDidNotCome()
    {
        var book = Book.Evolve(AppointmentRules.EndDay(Book, "system", Times.At("2026-03-03 18:00")).OrThrow().Single());
        Assert.Equal(AppointmentState.Missed, book.Appointments["a1"].State);
        Assert.Equal("wrong-state", AppointmentRules.Cancel(book, "a1", "public", Now).CodeOf());
        Assert.Equal("unknown-appointment", AppointmentRules.Cancel(book, "zz", "public", Now).CodeOf());
        Assert.Empty(AppointmentRules.EndDay(book, "system", Now).OrThrow());
    }

    private static System.Collections.Immutable.ImmutableArray<FreeSlot> Slots(AppointmentBook book) =>
        AppointmentRules.Slots(book, Tickets.Hall, "civil", Times.Day("2026-03-03"), canRemind: true, Now);

    private static Decision<AppointmentEvent> Decide(AppointmentBook book, string person, string slot, string? openElsewhere = null) =>
        AppointmentRules.Book(book, Tickets.Hall, new BookAppointment("new", "civil", Times.At(slot), person), openElsewhere, "public", Now);

    private static AppointmentBook Booked(AppointmentBook book, string id, string person, string slot) => book.Evolve(
        AppointmentRules.Book(book, Tickets.Hall, new BookAppointment(id, "civil", Times.At(slot), person), null, "public", Now).OrThrow().Single());
}
