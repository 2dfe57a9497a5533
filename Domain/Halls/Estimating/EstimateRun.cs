using System.Collections.Frozen;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>
/// An estimate under way, which can be made a few futures at a time so that other work gets its turn in between; however
/// it is cut, the result is the same.
/// </summary>
public sealed class EstimateRun
{
    private readonly HallDefinition _hall;
    private readonly HallSnapshot _snapshot;
    private readonly HallFuture _future;
    private readonly double[] _waits;
    private readonly int _futures;
    private int _done;

    /// <summary>Begins.</summary>
    /// <param name="hall">The hall.</param>
    /// <param name="snapshot">The hall at this moment.</param>
    /// <param name="fit">What was learned before.</param>
    /// <param name="options">How.</param>
    public EstimateRun(HallDefinition hall, HallSnapshot snapshot, HallFit fit, EstimateOptions options)
    {
        (_hall, _snapshot, _futures) = (hall, snapshot, options.Futures);
        _future = new HallFuture(hall, snapshot, fit, options.Seed);
        _waits = new double[_future.Tracked * _futures];
    }

    /// <summary>Whether all futures have been simulated.</summary>
    public bool IsDone => _done >= _futures;

    /// <summary>Simulates so many more futures, as far as there are.</summary>
    public void Advance(int futures)
    {
        for (var end = Math.Min(_futures, _done + futures); _done < end; _done++) _future.Simulate(_waits.AsSpan(), _done, _futures);
    }

    /// <summary>The estimate.</summary>
    /// <exception cref="InvalidOperationException">Not all futures have been simulated.</exception>
    public HallEstimate Result()
    {
        if (!IsDone) throw new InvalidOperationException($"{_done} of {_futures} futures have been simulated.");
        var estimates = new WaitEstimate[_future.Tracked];
        for (var i = 0; i < estimates.Length; i++)
        {
            var sorted = _waits.AsSpan(i * _futures, _futures);
            sorted.Sort();
            estimates[i] = new WaitEstimate(Quantile(sorted, 0.5), Quantile(sorted, 0.9));
        }

        return new HallEstimate(
            _snapshot.Now,
            _future.Waiting.Select((ticket, i) => KeyValuePair.Create(ticket.Id, estimates[i])).ToFrozenDictionary(),
            [.. _future.Probes.Select((probe, i) =>
                new NewTicketEstimate(_hall.Services[probe.Service].Id, probe.Segment, estimates[_future.Waiting.Length + i]))]);
    }

    // The next wait is below the k-th of n with probability k / (n + 1).
    private static long Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var at = Math.Clamp((share * (sorted.Length + 1)) - 1, 0, sorted.Length - 1);
        var low = (int)at;
        var value = low + 1 < sorted.Length ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
        return (long)Math.Ceiling(value);
    }
}
