using System.Collections.Frozen;
using System.Collections.Immutable;

namespace OneStop.Journal.Reading;

/// <summary>Reads events of old types as what they are today, step by step.</summary>
internal sealed class Upcasting
{
    private readonly FrozenDictionary<string, Upcaster> _steps;

    /// <exception cref="ArgumentException">Two steps begin at the same type, or the steps lead in a circle.</exception>
    public Upcasting(ImmutableArray<Upcaster> upcasters)
    {
        _steps = upcasters.ToFrozenDictionary(static upcaster => upcaster.From, StringComparer.Ordinal);
        foreach (var start in upcasters)
        {
            var type = start.From;
            for (var steps = 0; _steps.TryGetValue(type, out var next); type = next.To)
                if (++steps > _steps.Count)
                    throw new ArgumentException($"The upcasters of {start.From} lead in a circle.", nameof(upcasters));
        }
    }

    public StoredEvent Apply(StoredEvent stored)
    {
        while (_steps.TryGetValue(stored.Type, out var step))
            stored = stored with { Type = step.To, Data = step.Convert(stored.Data) };
        return stored;
    }
}
