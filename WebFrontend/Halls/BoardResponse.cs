using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Halls;
using OneStop.WebFrontend.Input;

namespace OneStop.WebFrontend.Halls;

/// <summary>A hall's board as it stands.</summary>
/// <param name="Epoch">The feed's epoch.</param>
/// <param name="Version">The feed's version.</param>
/// <param name="Hall">The hall.</param>
/// <param name="Called">Tickets now at counters, the last called first.</param>
/// <param name="Waiting">The waiting lists.</param>
/// <param name="Counters">The counters.</param>
public sealed record BoardResponse(
    string Epoch,
    long Version,
    string Hall,
    ImmutableArray<CalledTicket> Called,
    ImmutableArray<BoardResponse.List> Waiting,
    ImmutableArray<CounterOnBoard> Counters)
{
    /// <summary>A waiting list.</summary>
    /// <param name="Service">The service.</param>
    /// <param name="Count">Tickets waiting.</param>
    /// <param name="LongestSeconds">How long the longest has waited.</param>
    /// <param name="Since">When that one was taken.</param>
    public sealed record List(string Service, int Count, long LongestSeconds, DateTimeOffset? Since);

    /// <summary>The board of a snapshot, with waits counted up to now.</summary>
    public static BoardResponse Of(FeedSnapshot snapshot, DateTimeOffset now)
    {
        var board = JsonSerializer.Deserialize<HallBoard>(snapshot.State, ApiJson.Options)!;
        return new BoardResponse(
            snapshot.Epoch,
            snapshot.Version,
            board.Hall,
            board.Called,
            [.. board.Waiting.Select(w => new List(w.Service, w.Count, w.Since is { } since ? Math.Max(0, (long)(now - since).TotalSeconds) : 0, w.Since))],
            board.Counters);
    }
}
