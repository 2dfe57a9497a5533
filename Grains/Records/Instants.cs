namespace OneStop.Grains.Records;

/// <summary>Instants as the journal keeps them: whole microseconds since 1970, UTC.</summary>
internal static class Instants
{
    public static long Micros(this DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Instant(this long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>The same instant as it will be read back from the journal.</summary>
    public static DateTimeOffset ToMicros(this DateTimeOffset instant) => instant.Micros().Instant();
}
