using System.Globalization;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Halls;

namespace OneStop.Simulations;

/// <summary>Visitors who take tickets and clerks at their counters.</summary>
internal sealed class HallPeople(HallDefinition hall, Random dice)
{
    private readonly List<(string Id, DateOnly Day)> tickets = [];
    private int made;

    /// <summary>Tickets of a day whose issue was acknowledged.</summary>
    public IEnumerable<string> TicketsOf(DateOnly day) => tickets.Where(t => t.Day == day).Select(t => t.Id);

    /// <summary>What somebody does next.</summary>
    /// <param name="today">The hall's day.</param>
    public Act Next(DateOnly today) => dice.Next(3) == 0 ? Take(today) : Serve(today);

    private Act Take(DateOnly today)
    {
        var service = hall.Services[dice.Next(hall.Services.Length)].Id;
        var id = NewId();
        var command = new TakeTicket(id, service, (Segment)dice.Next(3), "zh");
        return new Act("take a ticket for " + service, "visitor", async (world, info) =>
        {
            var staffing = await world.Grains.GetGrain<IHallGrain>(hall.Id).StaffingOf(service);
            return Told(await world.Grains.GetGrain<IQueueGrain>($"{hall.Id}/{service}").Take(info, command, staffing, null));
        })
        {
            Done = _ => tickets.Add((id, today)),
        };
    }

    private Act Serve(DateOnly today)
    {
        var counter = hall.Counters[dice.Next(hall.Counters.Length)].Id;
        var service = hall.Services[dice.Next(hall.Services.Length)].Id;
        var known = TicketsOf(today).ToArray();
        var ticket = known.Length == 0 ? "none" : known[dice.Next(known.Length)];
        var id = NewId();
        return dice.Next(14) switch
        {
            0 => Do("open", async (c, info) => (await c.Open(info, [])).State),
            1 when dice.Next(3) == 0 => Do("close", async (c, info) => (await c.Close(info)).State),
            2 when dice.Next(3) == 0 => Do("pause", async (c, info) => (await c.Pause(info, "会议")).State),
            3 => Do("call by name", async (c, info) => Told((await c.CallNamed(info, ticket)).Ticket)),
            4 => Do("no-show", async (c, info) => Told(await c.NoShow(info))),
            5 => Do("hold", async (c, info) => Told(await c.Hold(info))),
            6 => Do("resume", async (c, info) => Told(await c.Resume(info, ticket))),
            7 => Do("transfer", async (c, info) => Told(await c.Transfer(info, service, null, null))),
            8 => Do("redirect", async (c, info) => Told(await c.Redirect(info, service, null, null, id))) with
            {
                Done = _ => tickets.Add((id, today)),
            },
            9 or 10 => Do("start", async (c, info) => Told(await c.Start(info))),
            11 => Do("finish", async (c, info) => Told(await c.Finish(info, "done"))),
            _ => Do("call next", async (c, info) => Told((await c.CallNext(info)).Ticket)),
        };

        Act Do(string what, Func<ICounterGrain, CommandInfo, Task<object?>> act) => new(
            $"{what} at {counter}", "clerk-" + counter, (world, info) => act(world.Grains.GetGrain<ICounterGrain>($"{hall.Id}/{counter}"), info));
    }

    // How many are ahead and how long it may take is asked anew each time; who was called is not.
    private static string? Told(TicketView? ticket) => ticket is null ? null : (ticket.Id, ticket.Number, ticket.Counter, ticket.State).ToString();

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"ticket-{++made:D15}");
}
