using System.Collections.Concurrent;

namespace OneStop.Grains.Measures;

/// <summary>
/// What the activations in this process last said of themselves. One that has said nothing for a while is not the one
/// that is asked any more: it lives elsewhere, and must not be counted twice.
/// </summary>
internal sealed class Held<TValue>(TimeProvider time)
{
    // Boards and shards are looked at every five seconds.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Said> all = new(StringComparer.Ordinal);

    /// <summary>What fresh ones said, by their key.</summary>
    public IEnumerable<(string Key, TValue Value)> Values
    {
        get
        {
            var since = time.GetUtcNow() - Fresh;
            return all.Where(said => said.Value.At >= since).Select(said => (said.Key, said.Value.Value));
        }
    }

    /// <summary>An activation says how it stands.</summary>
    public void Say(string key, object activation, TValue value) => all[key] = new Said(activation, value, time.GetUtcNow());

    /// <summary>An activation ends; a newer one under the same key stays.</summary>
    public void Forget(string key, object activation)
    {
        if (all.TryGetValue(key, out var said) && ReferenceEquals(said.Activation, activation))
            all.TryRemove(KeyValuePair.Create(key, said));
    }

    private sealed record Said(object Activation, TValue Value, DateTimeOffset At);
}
