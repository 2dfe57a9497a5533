namespace OneStop.Domain;

/// <summary>Instants as the record keeps them.</summary>
public static class Instants
{
    /// <summary>The instant without what is below a microsecond; its offset stays.</summary>
    public static DateTimeOffset ToMicroseconds(this DateTimeOffset instant) =>
        instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>The later of two instants.</summary>
    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one >= other ? one : other;
}
