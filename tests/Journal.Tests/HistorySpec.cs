using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class HistoryOnSqlite() : HistorySpec(new SqliteTestStore());

public sealed class HistoryInMemory() : HistorySpec(new MemoryTestStore());

public sealed class HistoryOnPostgres(PostgresFixture server) : HistorySpec(new PostgresTestStore(server));

/// <summary>Random histories: whatever is asked in whatever batches, the journal equals a model that does it one by one.</summary>
public abstract class HistorySpec(TestStore store) : JournalSpec(store)
{
    private static readonly Arbitrary<int[][]> Histories =
        Arb.From(Gen.Choose(0, int.MaxValue).ArrayOf().ArrayOf(), ArbMap.Default.ArbFor<int[][]>().Shrinker);

    private int _histories;

    [Fact]
    public void WhatIsReadBackIsWhatWasCommitted() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithStartSize(3).WithEndSize(15), Prop.ForAll(Histories, HoldsAsync));

    // Each number is the seed of one append; each inner array is one batch.
    private async Task HoldsAsync(int[][] history)
    {
        var model = new Model($"h{++_histories}");
        foreach (var batch in history.Where(batch => batch.Length > 0))
        {
            var requests = batch.Select(model.Request).ToArray();
            var expected = requests.Select(model.Decide).ToArray();

            var results = await AppendTogetherAsync(requests);

            Assert.Equal(expected, results.Select(result => result.Outcome));
            model.Settle();
        }

        await AssertSameAsync(model);
        await AssertChainsHoldAsync();
    }

    private async Task AssertSameAsync(Model model)
    {
        foreach (var name in model.Names)
        {
            var content = await Journal.ReadAsync(name, withSnapshot: false, Cancel);
            Assert.Equal(model.Streams.GetValueOrDefault(name, []), content.Events.Select(stored => Encoding.UTF8.GetString(stored.Data)));
            Assert.Equal(content.Events.Length, content.Head);
        }

        var wakeUps = await Journal.ReadWakeUpsAsync(model.Shard, long.MaxValue, 100, Cancel);
        Assert.Equal(model.WakeUps.Order(), wakeUps.Select(wakeUp => (wakeUp.Stream, wakeUp.DueAt)).Order());
        var tickets = await Journal.QueryAsync(new RowQuery(Tickets) { Where = [new RowFilter("hall", RowOperator.Equal, model.Hall)] }, Cancel);
        Assert.Equal(model.Tickets.OrderBy(ticket => ticket.Key, StringComparer.Ordinal).Select(ticket => (ticket.Key, ticket.Value)),
            tickets.Select(row => (row.Text("id"), row.Flag("active") ? row.TextOrNull("counter") : null)));
    }

    /// <summary>The journal as it is meant: each append alone, in order.</summary>
    private sealed class Model(string run)
    {
        // Before a batch is decided its requests are made from what the last batch has left, as real callers do.
        private Dictionary<string, int> _known = [];
        private readonly HashSet<string> _commands = [];

        public string Hall => run;

        public int Shard { get; } = run.Aggregate(17, (hash, letter) => (hash * 31) + letter) & 0xFFFF;

        public string[] Names { get; } = [.. Enumerable.Range(0, 4).Select(i => $"{run}/{i}")];

        public Dictionary<string, ImmutableArray<string>> Streams { get; } = [];

        public Dictionary<string, string?> Tickets { get; } = [];

        public HashSet<(string, long)> WakeUps => [.. _wakeUps.Select(wakeUp => (wakeUp.Key, wakeUp.Value))];

        private readonly Dictionary<string, long> _wakeUps = [];

        public void Settle() => _known = Streams.ToDictionary(stream => stream.Key, stream => stream.Value.Length);

        public AppendRequest Request(int seed)
        {
#pragma warning disable CA5394 // A seeded sequence is what a property needs.
            var random = new Random(seed);
            var streams = Names.Where(_ => random.Next(3) == 0).Select(name =>
            {
                var events = Enumerable.Range(0, random.Next(3)).Select(i => Event($"{seed}-{i}")).ToImmutableArray();
                var wakeUp = random.Next(4) switch { 0 => WakeUpChange.Clear, 1 => WakeUpChange.Set(Shard, random.Next(100)), _ => WakeUpChange.Keep };
                var expected = Math.Max(0, _known.GetValueOrDefault(name) + (random.Next(5) == 0 ? random.Next(-1, 2) : 0));
                // Some count on the one before them in the batch.
                _known[name] = expected + (random.Next(3) == 0 ? 0 : events.Length);
                return new StreamAppend(name, expected, events) { WakeUp = wakeUp, Snapshot = random.Next(4) == 0 ? [1] : null };
            }).ToImmutableArray();
            var rows = Enumerable.Range(0, random.Next(3)).Select(_ =>
            {
                var id = $"{run}-{random.Next(5)}";
                return random.Next(4) == 0
                    ? RowChange.Remove(JournalSpec.Tickets, id)
                    : Ticket(id, random.Next(3).ToString(CultureInfo.InvariantCulture), active: random.Next(2) == 0, hall: run);
            }).ToImmutableArray();
            var command = random.Next(2) == 0 ? null : new CommandRecord(run, $"{random.Next(20)}", [1], 1_000_000_000_000_000_000, [2]);
            return new AppendRequest { Streams = streams, Rows = rows, Command = command };
#pragma warning restore CA5394
        }

        public AppendOutcome Decide(AppendRequest request)
        {
            if (request.Command is { } command && _commands.Contains(command.Id))
                return AppendOutcome.Repeated;
            if (request.Streams.Any(append => Streams.GetValueOrDefault(append.Stream, []).Length != append.ExpectedHead))
                return AppendOutcome.StaleHead;

            var before = Tickets.ToArray();
            foreach (var row in request.Rows)
            {
                if (Changes(row))
                    continue;
                Tickets.Clear();
                foreach (var (id, counter) in before)
                    Tickets[id] = counter;
                return AppendOutcome.NotUnique;
            }

            foreach (var append in request.Streams)
            {
                var texts = append.Events.Select(happened => Encoding.UTF8.GetString(happened.Data));
                Streams[append.Stream] = [.. Streams.GetValueOrDefault(append.Stream, []), .. texts];
                if (append.WakeUp.Kind is WakeUpChangeKind.Set)
                    _wakeUps[append.Stream] = append.WakeUp.DueAt;
                else if (append.WakeUp.Kind is WakeUpChangeKind.Clear)
                    _wakeUps.Remove(append.Stream);
            }

            if (request.Command is { } carriedOut)
                _commands.Add(carriedOut.Id);
            return AppendOutcome.Committed;
        }

        // A ticket stands for the counter it is active at, or for none.
        private bool Changes(RowChange row)
        {
            var id = (string)row.Values[0]!;
            if (row.Delete)
            {
                Tickets.Remove(id);
                return true;
            }

            var counter = (bool)row.Values[5]! ? (string)row.Values[2]! : null;
            if (counter is not null && Tickets.Any(other => other.Key != id && other.Value == counter))
                return false;
            Tickets[id] = counter;
            return true;
        }
    }
}
