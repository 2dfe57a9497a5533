using System.Collections.Immutable;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Appointments;
using OneStop.Domain.Notices;

namespace OneStop.Domain.Tests.Halls;

/// <summary>Reminders of appointments (H8). The hall reminds a day before unless a test says otherwise.</summary>
public class ReminderTests
{
    private const string Slot = "2026-03-03 15:00";
    private static readonly DateTimeOffset Due = Times.At("2026-03-02 15:00");

    [Fact]
    public void WhoLeftANumberIsRemindedADayBeforeOnce()
    {
        var book = Booked("2026-03-02 10:00");

        Assert.Equal(Due, ReminderRules.Next(book, Times.At("2026-03-02 10:00")));
        Assert.Empty(Remind(book, Due.AddTicks(-1)));
        var reminded = Assert.IsType<AppointmentReminded>(Assert.Single(Remind(book, Due)));
        Assert.Equal((Due, "a1"), (reminded.At, reminded.AppointmentId));
        var after = book.Evolve(reminded);
        Assert.Empty(Remind(after, Due));
        Assert.Null(ReminderRules.Next(after, Due));
    }

    [Theory]
    [InlineData("2026-03-02 15:00")]
    [InlineData("2026-03-03 09:00")]
    public void WhoBooksWhenTheInstantHasComeIsNotTold(string bookedAt) => AssertNeverReminded(Booked(bookedAt));

    [Fact]
    public void WithoutANumberOrWhereTheHallRemindsNobodyThereIsNone()
    {
        AssertNeverReminded(Booked("2026-03-02 10:00", number: false));
        AssertNeverReminded(Booked("2026-03-02 10:00", before: null));
    }

    [Fact]
    public void WhoLooksForATimeIsToldWhenAReminderWouldCome()
    {
        Assert.Equal(
            [(Times.At("2026-03-03 14:30"), (DateTimeOffset?)null), (Times.At("2026-03-03 15:00"), null), (Times.At("2026-03-03 15:30"), Times.At("2026-03-02 15:30"))],
            Offered("2026-03-02 15:00").Where(slot => slot.At.Hour is 14 or 15).Skip(1).Take(3).Select(slot => (slot.At, slot.RemindAt)));
        Assert.All(Offered("2026-03-02 15:00"), slot => Assert.True(slot.RemindAt is null || slot.RemindAt.Value.Offset == slot.At.Offset));
    }

    [Fact]
    public void WhereNobodyCanBeRemindedNoneIsPromised()
    {
        Assert.All(Offered("2026-03-02 10:00", before: null), slot => Assert.Null(slot.RemindAt));
        Assert.All(Offered("2026-03-02 10:00", canRemind: false), slot => Assert.Null(slot.RemindAt));
        Assert.Contains(Offered("2026-03-02 10:00"), slot => slot.RemindAt is not null);
    }

    [Fact]
    public void WhoGaveTheAppointmentUpOrHasComeIsNotReminded()
    {
        var book = Booked("2026-03-02 10:00");
        AssertNeverReminded(book.Evolve(new AppointmentCancelled(Times.At("2026-03-02 11:00"), "public", "a1")));
        AssertNeverReminded(book.Evolve(new AppointmentKept(Times.At("2026-03-02 11:00"), "public", "a1", "t1", Segment.Appointment)));
    }

    [Fact]
    public void AfterAnOutageNobodyIsRemindedOfASlotThatHasBegun()
    {
        var book = Booked("2026-03-02 10:00");
        Assert.Single(Remind(book, Times.At(Slot).AddTicks(-1)));
        Assert.Empty(Remind(book, Times.At(Slot)));
        Assert.Null(ReminderRules.Next(book, Times.At(Slot)));
    }

    [Fact]
    public void AReminderSaysWhenAndWhereInTheHallsTimeAndNothingSecret()
    {
        var book = Booked("2026-03-02 10:00", Times.At(Slot).ToUniversalTime());

        var notice = Assert.Single(AppointmentNotices.Of(book.Evolve(Remind(book, Due)[0]), Remind(book, Due), Tickets.Hall));

        Assert.Contains("2026-03-03 15:00", notice.Text.Zh, StringComparison.Ordinal);
        Assert.Contains("石龙", notice.Text.Zh, StringComparison.Ordinal);
        Assert.Contains("2026-03-03 15:00 at Shilong", notice.Text.En, StringComparison.Ordinal);
        Assert.Equal(Audience.Person("p1", AppointmentNotices.DocumentOf("a1")), notice.To);
        Assert.All([notice.Id, notice.To.Key, notice.Text.Zh, notice.Text.En], text => Assert.DoesNotContain("a1", text.Split('.', '/', ' ')));
        Assert.NotEqual(AppointmentNotices.DocumentOf("a1"), AppointmentNotices.DocumentOf("a2"));
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-01:00:00")]
    [InlineData("14.00:00:01")]
    public void ALeadThatMakesNoSenseIsRefused(string before)
    {
        var hall = With(TimeSpan.Parse(before, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["/appointments/remindBefore out-of-range"], HallInspection.Faults(hall).Select(f => $"{f.Pointer} {f.Code}"));
        Assert.Empty(HallInspection.Faults(With(null)));
        Assert.Empty(HallInspection.Faults(With(TimeSpan.FromHours(2))));
    }

    private static void AssertNeverReminded(AppointmentBook book)
    {
        Assert.Null(ReminderRules.Next(book, Times.At("2026-03-02 10:00")));
        Assert.Empty(Remind(book, Times.At(Slot).AddTicks(-1)));
    }

    private static ImmutableArray<AppointmentEvent> Remind(AppointmentBook book, DateTimeOffset now) => ReminderRules.Remind(book, "system", now).OrThrow();

    private static AppointmentBook Booked(string at, DateTimeOffset? slot = null, bool number = true) => Booked(at, slot, number, TimeSpan.FromDays(1));

    private static AppointmentBook Booked(string at, TimeSpan? before) => Booked(at, null, true, before);

    private static AppointmentBook Booked(string at, DateTimeOffset? slot, bool number, TimeSpan? before)
    {
        var command = new BookAppointment("a1", "civil", slot ?? Times.At(Slot), "p1", CanBeReminded: number);
        var booked = AppointmentRules.Book(AppointmentBook.Empty, With(before), command, null, "public", Times.At(at)).OrThrow();
        return AppointmentBook.Empty.Evolve(booked.Single());
    }

    private static ImmutableArray<FreeSlot> Offered(string now, bool canRemind = true) => Offered(now, TimeSpan.FromDays(1), canRemind);

    private static ImmutableArray<FreeSlot> Offered(string now, TimeSpan? before, bool canRemind = true) =>
        AppointmentRules.Slots(AppointmentBook.Empty, With(before), "civil", Times.Day("2026-03-03"), canRemind, Times.At(now));

    private static HallDefinition With(TimeSpan? before) =>
        Tickets.Hall with { Appointments = Tickets.Hall.Appointments! with { RemindBefore = before } };
}
