using System.Globalization;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Estimating;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Measures;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Halls;

/// <summary>Estimates waits by simulation: what was learned is rebuilt from rows and kept up by hints.</summary>
public sealed class WaitGrain(IJournal journal, TimeProvider time, Definitions definitions, TownMeasures measures) : Grain, IWaitGrain
{
    private const int LearnedDays = 7;
    private const int MostTickets = 30_000;
    private const int FuturesATurn = 4;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    // A hall that somebody watches is simulated every second; who asks first after a silence waits for the simulation.
    private static readonly TimeSpan Usable = TimeSpan.FromSeconds(5);

    private HallDefinition? hall;
    private HallExperience? experience;
    private DateOnly since;
    private HallEstimate? estimate;
    private Task<HallEstimate>? simulating;

    private HallDefinition Hall => hall ??= definitions.Hall(this.GetPrimaryKeyString());

    private HallExperience Experience => experience ?? throw new InvalidOperationException("What the hall has seen is read when it activates.");

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        since = Hall.DayAt(time.GetUtcNow()).AddDays(-LearnedDays);
        var rows = await journal.QueryAsync(
            new RowQuery(Tables.Tickets)
            {
                Where =
                [
                    new("hall", RowOperator.Equal, Hall.Id),
                    new("day", RowOperator.GreaterOrEqual, since.ToString("O", CultureInfo.InvariantCulture)),
                ],
                OrderBy = [new("day", Descending: true)],
                Limit = MostTickets,
            },
            cancellationToken);
        experience = HallExperience.Of(Hall, rows.Select(TicketRow.Read));
    }

    /// <inheritdoc/>
    public async Task<WaitEstimate?> Of(string ticketId) => (await EstimateAsync()).Waiting.GetValueOrDefault(ticketId);

    /// <inheritdoc/>
    public async Task<WaitEstimate?> OfNew(string service, Segment segment) => (await EstimateAsync()).ForNew(service, segment);

    /// <inheritdoc/>
    public Task Tell(Ticket ticket)
    {
        var before = Experience.Calibration;
        experience = Experience.Observe(ticket);
        if (!ReferenceEquals(before, Experience.Calibration)) measures.Halls.Estimated(ticket);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<HallLearned> Learned() => Task.FromResult(new HallLearned(
        since,
        Experience.Calibration,
        [.. Hall.Services.Select(s => LearnedOf(s.Id, Experience.Fit.Of(s.Id)))]));

    private static LearnedService LearnedOf(string service, ServiceFit fit) =>
        new(service, fit.Occupied.Seen, (long)fit.Occupied.Mean.TotalSeconds, fit.NoShow.Mean);

    // Not awaited when the last estimate will do: visitors who are held up here come to their queues all at once
    // afterwards, and the counters behind them.
    private ValueTask<HallEstimate> EstimateAsync()
    {
        var now = time.GetUtcNow();
        if (estimate is { } known && now - known.At < Fresh) return new(known);
        if (simulating is null or { IsCompleted: true }) simulating = SimulateAsync(now);
        return estimate is { } last && now - last.At < Usable ? new(last) : new(simulating);
    }

    private async Task<HallEstimate> SimulateAsync(DateTimeOffset now)
    {
        var queues = Hall.Services.Select(s => GrainFactory.GetGrain<IQueueGrain>(HallKeys.Of(Hall.Id, s.Id)).Waiting()).ToArray();
        var counters = Hall.Counters.Select(c => GrainFactory.GetGrain<ICounterGrain>(HallKeys.Of(Hall.Id, c.Id)).Glance()).ToArray();
        var waiting = await Task.WhenAll(queues);
        var glances = await Task.WhenAll(counters);
        var started = time.GetTimestamp();
        var snapshot = new HallSnapshot(now, [.. waiting.SelectMany(w => w)], [.. glances], Experience.ArrivalsAt(now));
        // Seeded by the instant: the same moment of the same simulation gives the same estimate.
        var run = new EstimateRun(Hall, snapshot, Experience.Fit, new EstimateOptions((ulong)now.UtcTicks));
        while (!run.IsDone)
        {
            run.Advance(FuturesATurn);
            // Threads are few: whatever has queued up meanwhile goes first.
            await Task.Yield();
        }

        estimate = run.Result();
        measures.Halls.Simulated(Hall.Id, time.GetElapsedTime(started));
        return estimate;
    }
}
