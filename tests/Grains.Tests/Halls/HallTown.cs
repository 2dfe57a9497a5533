using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Displays;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Halls;

/// <summary>What tests do in the hall.</summary>
internal static class HallTown
{
    public static ICounterGrain Counter(this TestTown town, int number) =>
        town.Grains.GetGrain<ICounterGrain>($"{TownDefinitions.Hall}/c{number}");

    public static IQueueGrain Queue(this TestTown town, string service) =>
        town.Grains.GetGrain<IQueueGrain>($"{TownDefinitions.Hall}/{service}");

    public static IHallGrain Hall(this TestTown town) => town.Grains.GetGrain<IHallGrain>(TownDefinitions.Hall);

    public static IDisplaysGrain Displays(this TestTown town, string hall = TownDefinitions.Hall) => town.Grains.GetGrain<IDisplaysGrain>(hall);

    /// <summary>A display that an administrator has paired under its own id as its name.</summary>
    public static async Task<DisplayKey> PairAsync(this TestTown town, string id, string hall = TownDefinitions.Hall)
    {
        var (displays, key) = (town.Displays(hall), new DisplayKey(id, "hash of " + id));
        var asked = await displays.Ask(Command.By("public"), new AskPairing(id, key.SecretHash, Command.NewCode(), null));
        await displays.Confirm(Command.By("admin"), asked.Code, id);
        return key;
    }

    public static IWaitGrain Waits(this TestTown town) => town.Grains.GetGrain<IWaitGrain>(TownDefinitions.Hall);

    public static ITicketGrain Ticket(this TestTown town, string id) => town.Grains.GetGrain<ITicketGrain>(id);

    public static Task<TicketView> TakeAsync(
        this TestTown town, string service, Segment segment = Segment.Ordinary, CommandInfo? info = null,
        WaitEstimate? estimate = null) =>
        town.Queue(service).Take(
            info ?? Command.By("public"), new TakeTicket(Command.NewId(), service, segment, "zh") { Estimate = estimate }, new Staffing(1, 1, TimeSpan.FromMinutes(6)), null);

    /// <summary>Opens a counter for all of its services; its clerk has the counter's number.</summary>
    public static async Task<ICounterGrain> OpenAsync(this TestTown town, int number, string? clerk = null)
    {
        var counter = town.Counter(number);
        await counter.Open(Command.By(clerk ?? Clerk(number)), []);
        return counter;
    }

    /// <summary>The town with counters 1 and 2 calling by themselves, counter 3 helping out with civil after ten minutes, and two pools.</summary>
    public static TownDefinition WithAutoCall(TimeSpan pause)
    {
        var hall = TownDefinitions.Town.Halls[0];
        return TownDefinitions.Town with
        {
            Halls =
            [
                hall with
                {
                    Counters =
                    [
                        .. hall.Counters.Select((counter, i) => i switch
                        {
                            0 or 1 => counter with { AutoCallAfter = pause },
                            2 => counter with { AutoCallAfter = pause, Supports = [new SupportedService("civil", TimeSpan.FromMinutes(10))] },
                            _ => counter,
                        }),
                    ],
                    Pools = [new PoolDefinition("desk", new("窗口组", "Desk"), ["c2", "c4"]), new PoolDefinition("civil-only", new("民政", "Civil"), ["c1"])],
                },
            ],
        };
    }

    public static string Clerk(int number) => "clerk" + number;

    public static async Task<IReadOnlyList<Row>> TicketRowsAsync(this TestTown town) =>
        await town.Journal.QueryAsync(new RowQuery(Tables.Tickets) { Limit = 10_000 });

    public static async Task<string> RowStateAsync(this TestTown town, string id) =>
        (await town.TicketRowsAsync()).Single(row => row.Text("id") == id).Text("state");

    /// <summary>How many events each stream of the hall has, by name.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> HeadsAsync(this TestTown town)
    {
        var heads = new Dictionary<string, long>();
        foreach (var prefix in new[] { "queue/", "counter/" })
            foreach (var stream in await town.Journal.ListStreamsAsync(prefix, null, 10_000))
                heads.Add(stream, (await town.Journal.ReadAsync(stream)).Head);
        return heads;
    }
}
