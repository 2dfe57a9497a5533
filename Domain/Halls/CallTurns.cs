using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>
/// What a counter called before, as far as ratios ask: for each pair of segments how many calls of the one since the
/// last call of the other, up to <see cref="Most"/>, and whether a ratio decided the last call.
/// </summary>
/// <param name="Bits">Six bits a pair, and one for the last call.</param>
[GenerateSerializer, Immutable]
public readonly record struct CallTurns(ulong Bits)
{
    /// <summary>Counts stop here; no ratio may be longer.</summary>
    public const int Most = 63;

    private const int Segments = 3;
    private const ulong ByRatio = 1UL << 63;

    /// <summary>Whether a ratio decided the last call; it may not decide the next one too.</summary>
    [JsonIgnore]
    public bool LastByRatio => (Bits & ByRatio) != 0;

    /// <summary>Calls of <paramref name="of"/> since the last call of <paramref name="then"/>.</summary>
    public int Since(Segment then, Segment of) => (int)((Bits >> Shift(then, of)) & Most);

    /// <summary>After one more call.</summary>
    /// <param name="called">The called ticket's segment.</param>
    /// <param name="byRatio">Whether a ratio decided.</param>
    public CallTurns After(Segment called, bool byRatio)
    {
        var bits = Bits & ~ByRatio;
        for (var then = 0; then < Segments; then++)
        {
            var shift = Shift((Segment)then, called);
            if ((Segment)then != called && ((bits >> shift) & Most) < Most) bits += 1UL << shift;
        }

        bits &= ~(((1UL << (6 * Segments)) - 1) << Shift(called, 0));
        return new CallTurns(byRatio ? bits | ByRatio : bits);
    }

    private static int Shift(Segment then, Segment of) => 6 * (((int)then * Segments) + (int)of);
}
