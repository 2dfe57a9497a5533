using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Simulating;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Journal;
using StreamContent = OneStop.Journal.StreamContent;

namespace OneStop.Grains.Tests.Halls;

/// <summary>A queue and a counter have thousands of events by the evening; who takes them over after a restart does not read them all.</summary>
public sealed class SnapshotTests
{
    private const int Visitors = 150;

    // What a read may have to decode: one snapshot is written in 256 events, and a command brings two at most.
    private const int MostEvents = 257;

    [Fact]
    public async Task ABusyHallIsReadFromItsSnapshotsAndIsTheSame()
    {
        using var file = new TownFile();
        string before;
        await using (var town = await TestTown.StartAsync(file.Database))
        {
            await BusyDayAsync(town);
            before = await LooksAsync(town);
        }

        await using var again = await TestTown.StartAsync(file.Database);

        Assert.Equal(before, await LooksAsync(again));
        foreach (var stream in await StreamsAsync(again))
        {
            Assert.True(stream.Head > MostEvents);
            Assert.InRange(stream.Events.Length, 0, MostEvents);
            Assert.Equal(stream.Head, stream.SnapshotSeq + stream.Events.Length);
        }

        Assert.Empty((await again.Journal.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task ASnapshotOfAnotherVersionIsAsGoodAsNone()
    {
        using var file = new TownFile();
        string before;
        await using (var town = await TestTown.StartAsync(file.Database))
        {
            await BusyDayAsync(town);
            before = await LooksAsync(town);
            foreach (var stream in await StreamsAsync(town))
                await town.Journal.AppendAsync(new AppendRequest
                {
                    Streams = [new StreamAppend(stream.Stream, stream.Head, []) { Snapshot = Encoding.UTF8.GetBytes("""{"form":"of-another-version.v9","at":1,"state":{"issued":7}}""") }],
                });
        }

        await using var again = await TestTown.StartAsync(file.Database);

        Assert.Equal(before, await LooksAsync(again));
        Assert.Equal($"A{(2 * Visitors) + 2:000}", (await again.TakeAsync("civil")).Number);
    }

    [Fact]
    public async Task TheReplayOfABusyDayKnowsWhenItsCounterOpened()
    {
        await using var town = await TestTown.StartAsync();
        await BusyDayAsync(town);

        var day = (await town.TicketRowsAsync())[0].Text("day");
        var answer = await town.Grains.GetGrain<IHallDaysGrain>(TownDefinitions.Hall)
            .WhatIf(DateOnly.Parse(day, CultureInfo.InvariantCulture), new WhatIfWish(null, null));

        // Known from the first event of its stream only.
        Assert.Equal(1, answer.Setup.Counters);
    }

    /// <summary>Visitors come two at a time; one counter serves one of each two, some of them put aside meanwhile.</summary>
    private static async Task BusyDayAsync(TestTown town)
    {
        var counter = await town.OpenAsync(1);
        for (var i = 0; i < Visitors; i++)
        {
            await town.TakeAsync("civil", i % 3 == 0 ? Segment.Green : Segment.Ordinary);
            await town.TakeAsync("civil");
            var called = await counter.CallNext(Command.By(HallTown.Clerk(1)));
            await counter.Start(Command.By(HallTown.Clerk(1)));
            if (i % 10 == 0)
            {
                await counter.Hold(Command.By(HallTown.Clerk(1)));
                await counter.Resume(Command.By(HallTown.Clerk(1)), called!.Ticket!.Id);
            }

            await counter.Finish(Command.By(HallTown.Clerk(1)), "done");
        }

        await town.TakeAsync("civil", Segment.Green);
        await counter.CallNext(Command.By(HallTown.Clerk(1)));
        await counter.Hold(Command.By(HallTown.Clerk(1)));
        await counter.CallNext(Command.By(HallTown.Clerk(1)));
    }

    private static async Task<string> LooksAsync(TestTown town) => JsonSerializer.Serialize(new
    {
        Waiting = (await town.Queue("civil").Waiting()).OrderBy(ticket => ticket.ToString(), StringComparer.Ordinal),
        Counter = await town.Counter(1).View(),
        Glance = await town.Counter(1).Glance(),
    });

    private static async Task<ImmutableArray<StreamContent>> StreamsAsync(TestTown town)
    {
        var streams = ImmutableArray.CreateBuilder<StreamContent>();
        foreach (var prefix in new[] { $"queue/{TownDefinitions.Hall}/civil", $"counter/{TownDefinitions.Hall}/c1/" })
            foreach (var name in await town.Journal.ListStreamsAsync(prefix, null, 10))
                streams.Add(await town.Journal.ReadAsync(name));
        return streams.ToImmutable();
    }
}
