using System.Collections.Immutable;

namespace OneStop.Domain.Halls.Simulating;

/// <summary>Visitors who come at random, at a rate that changes over the day.</summary>
/// <param name="Service">What they come for.</param>
/// <param name="Segment">Their segment.</param>
/// <param name="Rates">The rates, in the order of their beginnings.</param>
/// <param name="ServiceTimes">How long their services take.</param>
/// <param name="NoShowShare">Share of them that does not come when called. Default: 0.</param>
/// <param name="NoShowTimes">How long the counter is occupied with one who does not come. Default: not at all.</param>
public sealed record ArrivalStream(
    string Service,
    Segment Segment,
    ImmutableArray<ArrivalRate> Rates,
    Durations ServiceTimes,
    double NoShowShare = 0,
    Durations? NoShowTimes = null);

/// <summary>A rate until the next one begins.</summary>
/// <param name="From">Its beginning, counted from the beginning of the simulation.</param>
/// <param name="PerHour">Visitors an hour.</param>
public sealed record ArrivalRate(TimeSpan From, double PerHour);

/// <summary>Makes visitors.</summary>
public static class Arrivals
{
    /// <summary>The visitors of all streams (Poisson processes), in the order of coming.</summary>
    /// <param name="streams">The streams.</param>
    /// <param name="start">When the simulation begins.</param>
    /// <param name="length">For how long visitors come.</param>
    /// <param name="seed">Equal seeds give equal visitors.</param>
    public static ImmutableArray<Visit> Generate(ImmutableArray<ArrivalStream> streams, DateTimeOffset start, TimeSpan length, ulong seed)
    {
        var visits = new List<Visit>();
        for (var i = 0; i < streams.Length; i++)
            Generate(streams[i], start, length, new SeededRandom(seed + (0x51_7C_C1_B7_27_22_0A_95 * (ulong)(i + 1))), visits);
        visits.Sort((one, other) => one.TakenAt.CompareTo(other.TakenAt));
        return [.. visits];
    }

    private static void Generate(ArrivalStream stream, DateTimeOffset start, TimeSpan length, SeededRandom random, List<Visit> visits)
    {
        for (var i = 0; i < stream.Rates.Length; i++)
        {
            var (from, perHour) = stream.Rates[i];
            var to = i + 1 < stream.Rates.Length && stream.Rates[i + 1].From < length ? stream.Rates[i + 1].From : length;
            if (perHour <= 0) continue;
            // Poisson arrivals have no memory, so each rate starts afresh where it begins.
            for (var at = from + Gap(random, perHour); at < to; at += Gap(random, perHour))
            {
                var noShow = random.NextUniform() < stream.NoShowShare;
                var occupies = noShow ? stream.NoShowTimes?.Sample(random) ?? TimeSpan.Zero : stream.ServiceTimes.Sample(random);
                visits.Add(new Visit(start + at, stream.Service, stream.Segment, occupies, noShow));
            }
        }
    }

    private static TimeSpan Gap(SeededRandom random, double perHour) =>
        TimeSpan.FromTicks(1 + (long)(random.NextExponential() / perHour * TimeSpan.TicksPerHour));
}
