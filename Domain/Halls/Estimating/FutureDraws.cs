using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>The lengths of one future: each future has its own distributions, as likely as what was seen makes them.</summary>
internal sealed class FutureDraws(ServiceFit[] services, HallFit hall, SeededRandom random)
{
    private readonly DurationDraw[] _occupied = new DurationDraw[services.Length];
    private readonly DurationDraw[] _noShowTime = new DurationDraw[services.Length];
    private readonly double[] _noShow = new double[services.Length];
    private DurationDraw _changeover;
    private DurationDraw _walk;
    private DurationDraw _lateness;

    public void Begin()
    {
        for (var i = 0; i < services.Length; i++)
        {
            _occupied[i] = services[i].Occupied.Draw(random);
            _noShowTime[i] = services[i].NoShowTime.Draw(random);
            _noShow[i] = services[i].NoShow.Draw(random);
        }

        _changeover = hall.Changeover.Draw(random);
        _walk = hall.Walk.Draw(random);
        _lateness = hall.Lateness.Draw(random);
    }

    public long Changeover() => _changeover.Sample(random);

    // With somebody waiting for it all the while, the counter is known not to be ready yet; otherwise it may long be.
    public long RemainingChangeover(long elapsed, bool keptWaiting) =>
        keptWaiting ? _changeover.SampleRemaining(random, elapsed) : Math.Max(0, Changeover() - elapsed);

    public long Occupies(int service) =>
        (random.NextUniform() < _noShow[service] ? _noShowTime[service] : _occupied[service]).Sample(random) + Changeover();

    public long Remaining(int service, long elapsed, bool started) =>
        (!started && random.NextUniform() < NoShowAfter(service, elapsed) ? _noShowTime[service] : _occupied[service]).SampleRemaining(random, elapsed);

    /// <summary>How much later than planned a counter opens that did not open within <paramref name="elapsed"/>.</summary>
    public long Lateness(long elapsed) => _lateness.SampleRemaining(random, elapsed);

    // Bayes: the longer nobody has come since the call, the likelier nobody comes.
    private double NoShowAfter(int service, long elapsed)
    {
        var missing = _noShow[service] * _noShowTime[service].Longer(elapsed);
        var coming = (1 - _noShow[service]) * _walk.Longer(elapsed);
        return missing + coming > 0 ? missing / (missing + coming) : _noShow[service];
    }
}
