using System.Collections.Immutable;

namespace OneStop.EmbeddedRuntime;

/// <summary>The content of a request context: replaced, never changed, so that a call keeps what was in force when it was made.</summary>
internal sealed record RequestValues(ImmutableDictionary<string, object> Items, Guid ReentrancyId)
{
    public static readonly RequestValues Empty = new(ImmutableDictionary<string, object>.Empty, Guid.Empty);

    public static RequestValues? Of(ImmutableDictionary<string, object>? items, Guid reentrancyId) =>
        items is null or { IsEmpty: true } && reentrancyId == Guid.Empty ? null : new(items ?? Empty.Items, reentrancyId);
}

/// <summary>Ids that are unique in the process and the same in every run of a simulation.</summary>
internal static class SequentialGuid
{
    private static long s_last;

    public static Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Interlocked.Increment(ref s_last));
        return new Guid(bytes, bigEndian: true);
    }
}
