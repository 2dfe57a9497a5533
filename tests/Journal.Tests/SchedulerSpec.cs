using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OneStop.Journal.Sqlite;

namespace OneStop.Journal.Tests;

/// <summary>In a simulation the journal lives on the simulation's one thread.</summary>
public sealed class SchedulerSpec
{
    private static JournalOptions Options => new() { MasterKey = new byte[32], Time = new ManualTime() };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EverythingHappensOnTheSimulationsOwnThread(bool file)
    {
        var directory = Directory.CreateTempSubdirectory("onestop-journal-").FullName;
        var simulation = new OneThread();

        var threads = simulation.Run(() => LiveAsync(simulation, file ? Path.Combine(directory, "journal.db") : ":memory:"));

        Assert.Equal([Environment.CurrentManagedThreadId], threads.Distinct());
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void TheSameSimulationTakesTheSameSteps()
    {
        var first = new OneThread();
        var second = new OneThread();

        first.Run(() => LiveAsync(first, ":memory:"));
        second.Run(() => LiveAsync(second, ":memory:"));

        Assert.Equal(first.Steps, second.Steps);
    }

    [Fact]
    public async Task WhoeverWaitsGoesOnInItsOwnScheduler()
    {
        var turn = new HoldingScheduler();
        await using var journal = await SqliteJournal.OpenAsync(":memory:", Options, cancellationToken: TestContext.Current.CancellationToken);

        var resumedOn = await Task.Factory.StartNew(async () =>
        {
            await journal.AppendAsync(Append(0));
            return TaskScheduler.Current;
        }, CancellationToken.None, TaskCreationOptions.None, turn).Unwrap();

        Assert.Same(turn, resumedOn);
    }

    [Fact]
    public async Task WhatWaitsTogetherIsOneBatchInTheMetrics()
    {
        var scheduler = new HoldingScheduler();
        var measured = new ConcurrentBag<string>();
        using var listener = new MeterListener { InstrumentPublished = static (instrument, listener) => Enable(instrument, listener) };
        var options = Options with { Scheduler = scheduler, MaxBatch = 77 };
        await using var journal = await SqliteJournal.OpenAsync(":memory:", options, cancellationToken: TestContext.Current.CancellationToken);
        // Other tests measure on meters of the same name meanwhile: sizes that only this one makes tell them apart.
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(measured, $"{instrument.Name} {value}", tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(measured, instrument.Name, tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(measured, instrument.Name, tags));
        listener.Start();

        scheduler.Hold();
        var requests = Enumerable.Range(0, 77).Select(i => new AppendRequest { Streams = [new StreamAppend($"secret/{i}", 0, [])] });
        var appends = requests.Select(request => journal.AppendAsync(request).AsTask()).ToArray();
        scheduler.Release();
        await Task.WhenAll(appends);

        Assert.Contains("onestop.journal.batch.size 77 store=sqlite", measured);
        Assert.Contains("onestop.journal.commit.duration store=sqlite", measured);
        Assert.Contains("onestop.journal.appends store=sqlite outcome=committed", measured);
        Assert.DoesNotContain(measured, line => line.Contains("secret", StringComparison.Ordinal));
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == "OneStop.Journal")
            listener.EnableMeasurementEvents(instrument);
    }

    private static void Note(ConcurrentBag<string> measured, string what, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
            what += $" {tag.Key}={tag.Value}";
        measured.Add(what);
    }

    private static AppendRequest Append(long head, string stream = "case/1") => new() { Streams = [new StreamAppend(stream, head, [new NewEvent("x", 1, "a", [])])] };

    // Two turns that append and read side by side, and every thread they were seen on.
    private static async Task<IReadOnlyCollection<int>> LiveAsync(OneThread simulation, string database)
    {
        var journal = await SqliteJournal.OpenAsync(database, Options with { Scheduler = simulation });
        await Task.WhenAll(TurnAsync("case/1"), TurnAsync("case/2"));
        Assert.Empty((await journal.VerifyAsync()).Faults);
        await journal.DisposeAsync();
        return simulation.Threads;

        async Task TurnAsync(string stream)
        {
            for (var head = 0; head < 20; head++)
            {
                var request = Append(head, stream) with { Documents = [new Document(stream, "d", [1])] };
                Assert.Equal(AppendOutcome.Committed, (await journal.AppendAsync(request)).Outcome);
                Assert.Same(simulation, TaskScheduler.Current);
                Assert.Equal(head + 1, (await journal.ReadAsync(stream)).Head);
            }
        }
    }

    /// <summary>A scheduler that is one thread: whoever calls <see cref="Run"/>.</summary>
    private sealed class OneThread : TaskScheduler
    {
        private readonly Queue<Task> _tasks = [];

        public List<int> Threads { get; } = [];

        public int Steps { get; private set; }

        /// <summary>Runs until the work is done; work that waits for another thread is a mistake.</summary>
        public T Run<T>(Func<Task<T>> work)
        {
            var done = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();
            while (!done.IsCompleted)
            {
                Assert.True(_tasks.TryDequeue(out var task), "The simulation stands still: something is under way on another thread.");
                Steps++;
                TryExecuteTask(task);
            }

#pragma warning disable VSTHRD002 // It is completed.
            return done.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }

        protected override void QueueTask(Task task)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            _tasks.Enqueue(task);
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => _tasks;
    }
}
