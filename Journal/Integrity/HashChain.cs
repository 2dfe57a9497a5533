using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OneStop.Journal.Integrity;

/// <summary>Chains the events of a stream, so that none can be changed, dropped or slipped in unnoticed.</summary>
/// <remarks>
/// The hash of an event is SHA-256 over these bytes, without anything between them:
/// <list type="number">
/// <item>the hash of the stream's event before it, 32 bytes; 32 zero bytes for the first event</item>
/// <item>the stream's name: its length in bytes as 4 bytes, then its UTF-8 bytes</item>
/// <item>the sequence number, 8 bytes; 1 for the first event</item>
/// <item>the instant, microseconds since 1970-01-01T00:00:00Z, 8 bytes, two's complement</item>
/// <item>the actor: length and UTF-8 bytes as above</item>
/// <item>the type as stored, before any upcasting: length and UTF-8 bytes as above</item>
/// <item>the data: length as 4 bytes, then the bytes as stored</item>
/// </list>
/// All integers are big-endian. Every part has a fixed or a stated length, so no two events give the same bytes.
/// The table <c>streams</c> holds the number (<c>head</c>) and the hash of each stream's last event.
/// </remarks>
public static class HashChain
{
    /// <summary>Stands before the first event of every stream: 32 zero bytes. Not to be written to.</summary>
    internal static byte[] Origin { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>The hash of an event that follows one with the hash <paramref name="previous"/>.</summary>
    public static byte[] Next(
        ReadOnlySpan<byte> previous, string stream, long seq, long at, string actor, string type, ReadOnlySpan<byte> data)
    {
        var size = previous.Length + 32 + data.Length
            + Encoding.UTF8.GetMaxByteCount(stream.Length)
            + Encoding.UTF8.GetMaxByteCount(actor.Length) + Encoding.UTF8.GetMaxByteCount(type.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var rest = buffer.AsSpan();
            Put(ref rest, previous);
            Put(ref rest, stream);
            Put(ref rest, seq);
            Put(ref rest, at);
            Put(ref rest, actor);
            Put(ref rest, type);
            BinaryPrimitives.WriteInt32BigEndian(rest, data.Length);
            rest = rest[sizeof(int)..];
            Put(ref rest, data);
            return SHA256.HashData(buffer.AsSpan(0, buffer.Length - rest.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Put(ref Span<byte> rest, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, rest[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(rest, length);
        rest = rest[(sizeof(int) + length)..];
    }

    private static void Put(ref Span<byte> rest, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(rest, number);
        rest = rest[sizeof(long)..];
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }
}
