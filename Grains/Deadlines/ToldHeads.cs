namespace OneStop.Grains.Deadlines;

/// <summary>
/// How far along streams were when a shard was last told of them, as far as that is not long ago. Messages that nobody waits
/// for may overtake each other, above all while the shard wakes; what speaks of an earlier state is out of date.
/// </summary>
internal sealed class ToldHeads
{
    // Twice as many are known at most: what overtakes does so within moments.
    private const int Most = 512;

    private Dictionary<string, long> recent = [];
    private Dictionary<string, long> older = [];

    /// <summary>Takes note of what was told; false when something later is known.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="head">Sequence number of its last event then.</param>
    public bool Take(string stream, long head)
    {
        if ((recent.TryGetValue(stream, out var known) || older.TryGetValue(stream, out known)) && known > head) return false;
        if (recent.Count >= Most && !recent.ContainsKey(stream)) (older, recent) = (recent, []);
        recent[stream] = head;
        return true;
    }
}
