using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Appointments;

namespace OneStop.Domain.Tests.Halls;

/// <summary>A small hall and tickets as the tests of its rules write them.</summary>
internal static class Tickets
{
    public static HallDefinition Hall { get; } = new(
        "shilong",
        new("石龙", "Shilong"),
        "441900102",
        "Asia/Shanghai",
        [
            Service("civil", "A") with { AppointmentsPerSlot = 2, TicketHours = [new(new(9, 0), new(16, 30))] },
            Service("social", "B"),
        ],
        [new CounterDefinition("c1", new("一号", "One"), ["civil"]) { Supports = [new SupportedService("social", TimeSpan.FromMinutes(20))] }],
        CallPolicy.Default)
    {
        Appointments = new AppointmentPlan(TimeSpan.FromMinutes(30), [new(new(9, 0), new(12, 0)), new(new(14, 0), new(17, 0))])
        {
            BlackoutDays = [Times.Day("2026-03-04")],
        },
    };

    public static Ticket Taken(string number, string at, Segment segment = Segment.Ordinary, string service = "civil") =>
        new("id-" + number, number, "shilong", service, Times.Day(at[..10]), segment, "zh", Times.At(at));

    public static QueueState Queue(CallPolicy policy, params ReadOnlySpan<Ticket> tickets)
    {
        var queue = QueueState.Empty(policy);
        foreach (var ticket in tickets) queue = queue.Evolve(new TicketIssued(ticket.TakenAt, "public", ticket));
        return queue;
    }

    public static CounterState Open(string clerk = "clerk1") =>
        CounterState.Initial.Evolve(new CounterOpened(Times.At("2026-03-02 09:00"), clerk, ["civil"]));

    public static CounterState With(this CounterState counter, Ticket ticket, string at = "2026-03-02 10:00", string rule = CallRule.LongestWait) =>
        counter.Evolve(new TicketAssigned(
            Times.At(at),
            "clerk1",
            ticket with { State = TicketState.Called, Counter = "c1", Clerk = "clerk1", CalledAt = Times.At(at), Calls = 1 },
            new CallReason(rule, 0, new("", ""))));

    public static string? CodeOf<T>(this Decision<T> decision) => decision.Refusal?.Code;

    private static ServiceDefinition Service(string id, string prefix) => new(id, new(id, id), prefix, TimeSpan.FromMinutes(6));
}
