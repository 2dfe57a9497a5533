using OneStop.Domain;

namespace OneStop.WebFrontend.Applications;

/// <summary>
/// Who or what has been guessed at lately, in bounded memory: two generations of which the older is forgotten whole, once it is
/// too old to matter or the younger one is full. Not for several threads at once.
/// </summary>
/// <param name="limit">What is borne.</param>
/// <exception cref="ArgumentException">The limit counts for ever.</exception>
public sealed class GuessTable(GuessLimit limit)
{
    /// <summary>Most that are known at once, in each generation.</summary>
    public const int Most = 10_000;

    private readonly TimeSpan mattersFor = limit.Lock + (limit.Within ?? throw new ArgumentException("What counts for ever cannot be forgotten.", nameof(limit)));
    private readonly Dictionary<string, int> underWay = new(StringComparer.Ordinal);
    private Dictionary<string, GuessGuard> young = new(StringComparer.Ordinal);
    private Dictionary<string, GuessGuard> old = new(StringComparer.Ordinal);
    private DateTimeOffset turned;

    /// <summary>How many are known.</summary>
    public int Count => young.Count + old.Count;

    /// <summary>Why no guess is looked at now: <c>too-many-requests</c>; null when one is.</summary>
    /// <param name="key">Who or what.</param>
    /// <param name="now">The present.</param>
    public OneStopException? Refusal(string key, DateTimeOffset now) => Of(key).Refusal(limit, underWay.GetValueOrDefault(key), now);

    /// <summary>A guess is being looked at.</summary>
    /// <param name="key">Who or what.</param>
    public void Begin(string key) => underWay[key] = underWay.GetValueOrDefault(key) + 1;

    /// <summary>A guess has been looked at.</summary>
    /// <param name="key">Who or what, as it began.</param>
    /// <param name="wrong">Whether it was wrong.</param>
    /// <param name="now">The present.</param>
    public void End(string key, bool wrong, DateTimeOffset now)
    {
        if (underWay[key] == 1) underWay.Remove(key);
        else underWay[key]--;
        if (!wrong) return;
        if (now - turned > mattersFor || young.Count >= Most) (old, young, turned) = (young, new(StringComparer.Ordinal), now);
        var before = Of(key);
        old.Remove(key);
        young[key] = before.AfterWrong(limit, now);
    }

    private GuessGuard Of(string key) => young.GetValueOrDefault(key) ?? old.GetValueOrDefault(key) ?? GuessGuard.Open;
}
