using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>The lengths of one future: each future has its own distributions, as likely as what was seen makes them.</summary>
internal sealed class FutureDraws(ServiceFit[] services, DurationFit changeover, SeededRandom random)
{
    private readonly DurationDraw[] _occupied = new DurationDraw[services.Length];
    private readonly DurationDraw[] _noShowTime = new DurationDraw[services.Length];
    private readonly double[] _noShow = new double[services.Length];
    private DurationDraw _changeover;

    public void Begin()
    {
        for (var i = 0; i < services.Length; i++)
        {
            _occupied[i] = services[i].Occupied.Draw(random);
            _noShowTime[i] = services[i].NoShowTime.Draw(random);
            _noShow[i] = services[i].NoShow.Draw(random);
        }

        _changeover = changeover.Draw(random);
    }

    public long Changeover() => _changeover.Sample(random);

    public long RemainingChangeover(long elapsed) => _changeover.SampleRemaining(random, elapsed);

    public long Occupies(int service) =>
        (random.NextUniform() < _noShow[service] ? _noShowTime[service] : _occupied[service]).Sample(random) + Changeover();

    public long Remaining(int service, long elapsed, bool started) =>
        (!started && random.NextUniform() < _noShow[service] ? _noShowTime[service] : _occupied[service]).SampleRemaining(random, elapsed);
}
