using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Simulations;

/// <summary>What holds whenever everything works for a moment, whatever happened before.</summary>
internal sealed class Checks(World world, TownDefinition town, CasePeople cases, HallPeople visitors, List<string> faults)
{
    private const int Most = 10_000;

    private readonly HallDefinition hall = town.Halls[0];

    /// <summary>The hall's day.</summary>
    public DateOnly Today => hall.DayAt(world.Now);

    /// <summary>Notes what does not hold.</summary>
    public async Task HoldAsync()
    {
        foreach (var fault in (await world.Store.VerifyAsync()).Faults) faults.Add("verify: " + fault);
        await CasesHoldAsync();
        await CardsHoldAsync();
        await NothingIsOverdueAsync();
        await BoardsHoldAsync();
        await TicketsHoldAsync();
    }

    /// <summary>Two courses with the same one took the same turns to the same record.</summary>
    public string Hash()
    {
        var heads = world.Simulation.Run(async () =>
        {
            var sum = 0L;
            for (string? after = null; ;)
            {
                var streams = await world.Store.ListStreamsAsync("", after, Most);
                foreach (var stream in streams) sum += (await world.Store.ReadAsync(stream)).Head;
                if (streams.Length < Most) return sum;
                after = streams[^1];
            }
        });
        return string.Create(CultureInfo.InvariantCulture, $"{world.Simulation.Scheduler.TraceHash:x16}-{heads}");
    }

    private async Task CasesHoldAsync()
    {
        foreach (var number in cases.Numbers)
        {
            try
            {
                var view = await world.Grains.GetGrain<IApplicationGrain>(number).View();
                var row = (await RowsAsync(Tables.Applications, "number", number)).Single();
                if (row.Text("state") != CamelCase.Of(view.State) || row.Text("light") != CamelCase.Of(view.Light) || row.IntegerOrNull("due_at") != (view.DueAt is { } due ? Micros(due) : null))
                    faults.Add($"{number} is shown otherwise than its row says");
            }
            catch (OneStopException e)
            {
                faults.Add($"{number} was acknowledged and is gone: {e.Code}");
            }
        }
    }

    private async Task CardsHoldAsync()
    {
        var cards = await world.Store.QueryAsync(new RowQuery(Tables.Cards) { Limit = Most });
        var twice = cards.Where(card => card.Flag("in_force"))
            .GroupBy(card => string.Join('|', card.Text("application"), card.Text("level"), card.Text("clock"), card.TextOrNull("subject"), card.Text("rule_code"), card.Integer("rule_version")))
            .Where(same => same.Count() > 1);
        foreach (var same in twice) faults.Add("a card twice: " + same.Key);
        foreach (var card in cards.Where(card => card.Integer("recorded_at") < card.Integer("issued_at")))
            faults.Add($"card {card.Text("id")} was recorded before its instant");
    }

    private async Task NothingIsOverdueAsync()
    {
        for (var shard = 0; shard < IDeadlineGrain.Shards; shard++)
            foreach (var wakeUp in await world.Store.ReadWakeUpsAsync(shard, Micros(world.Now), Most))
                faults.Add($"{wakeUp.Stream} is overdue since {DateTimeOffset.UnixEpoch.AddTicks(wakeUp.DueAt * TimeSpan.TicksPerMicrosecond):O}, it is {world.Now:O}");
    }

    private async Task BoardsHoldAsync()
    {
        foreach (var department in town.Departments)
        {
            var shown = await world.Grains.GetGrain<IDepartmentGrain>(department.Code).Contribution();
            var counted = await world.Store.CountAsync(
                new RowQuery(Tables.Applications) { Where = [new("department", RowOperator.Equal, department.Code), new("open", RowOperator.Equal, true)] }, ["light"]);
            if (shown.Open != counted.Sum(count => count.Count))
                faults.Add($"{department.Code} shows {shown.Open} open, its rows say {counted.Sum(count => count.Count)}");
            foreach (var light in Enum.GetValues<Light>())
                if (LightsOf(shown.Lights, light) is var lit && lit != counted.Where(count => CamelCase.Of(light).Equals(count.Group[0])).Sum(count => count.Count))
                    faults.Add($"{department.Code} shows {lit} {light}");
        }

        var waiting = await Task.WhenAll(hall.Services.Select(service => Queue(service.Id).Waiting()));
        if ((await world.Grains.GetGrain<IHallGrain>(hall.Id).Contribution()).Waiting != waiting.Sum(queue => queue.Length))
            faults.Add("the hall's board shows another number of waiting tickets than its queues have");
    }

    private static int LightsOf(Lights lights, Light light) => light switch
    {
        Light.Green => lights.Green,
        Light.Warning => lights.Warning,
        Light.Yellow => lights.Yellow,
        _ => lights.Red,
    };

    private async Task TicketsHoldAsync()
    {
        var places = new List<string>();
        foreach (var service in hall.Services) places.AddRange((await Queue(service.Id).Waiting()).Select(ticket => ticket.Id));
        foreach (var counter in hall.Counters)
        {
            var view = await world.Grains.GetGrain<ICounterGrain>($"{hall.Id}/{counter.Id}").View();
            if (view.Active is { } active) places.Add(active.Id);
            places.AddRange(view.Held.Select(ticket => ticket.Id));
        }

        var rows = await RowsAsync(Tables.Tickets, "day", Today.ToString("O", CultureInfo.InvariantCulture));
        places.AddRange(rows.Where(row => row.IntegerOrNull("ended_at") is not null).Select(row => row.Text("id")));
        foreach (var twice in places.GroupBy(id => id).Where(same => same.Count() > 1)) faults.Add($"{twice.Key} is in {twice.Count()} places at once");
        foreach (var lost in visitors.TicketsOf(Today).Except(places)) faults.Add($"{lost} was acknowledged and is nowhere");
        if (rows.Select(row => row.Text("number")).Distinct().Count() != rows.Count) faults.Add("a number was given twice");
        foreach (var both in rows.Where(row => row.Flag("active")).GroupBy(row => row.TextOrNull("counter")).Where(same => same.Count() > 1))
            faults.Add($"{both.Key} has two active tickets");
    }

    private static long Micros(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private IQueueGrain Queue(string service) => world.Grains.GetGrain<IQueueGrain>($"{hall.Id}/{service}");

    private async Task<IReadOnlyList<Row>> RowsAsync(TableSchema table, string column, string value) =>
        await world.Store.QueryAsync(new RowQuery(table) { Where = [new(column, RowOperator.Equal, value)], Limit = Most });
}
