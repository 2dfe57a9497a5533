namespace OneStop.Domain.Tests.Halls;

/// <summary>The M/M/c queue exactly (Erlang 1917).</summary>
/// <param name="servers">Servers.</param>
/// <param name="perHour">Arrivals an hour.</param>
/// <param name="mean">Mean service.</param>
internal sealed class ErlangC(int servers, double perHour, TimeSpan mean)
{
    private readonly double _load = perHour * mean.TotalHours;

    public double Waits
    {
        get
        {
            double term = 1, sum = 1;
            for (var n = 1; n < servers; n++) sum += term *= _load / n;
            var last = term * _load / servers * servers / (servers - _load);
            return last / (sum + last);
        }
    }

    public double MeanWaitSeconds => Waits * mean.TotalSeconds / (servers - _load);

    public double Within(TimeSpan limit) => 1 - (Waits * Math.Exp(-(servers - _load) * limit / mean));
}
