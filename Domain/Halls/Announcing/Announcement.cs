using System.Globalization;
using Orleans;

namespace OneStop.Domain.Halls.Announcing;

/// <summary>A call that is to be said aloud (语音叫号).</summary>
/// <param name="Number">The ticket's number.</param>
/// <param name="Counter">The counter that calls it.</param>
/// <param name="At">When it was called; a recall is a call of its own.</param>
[GenerateSerializer, Immutable]
public sealed record Announcement(string Number, string Counter, DateTimeOffset At)
{
    /// <summary>Tells it from every other call of its hall.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Number} {Counter} {At.UtcTicks}");
}
