namespace OneStop.Domain;

/// <summary>
/// What follows from an immutable record, worked out once. A copy made by <c>with</c> works out its own; it takes no
/// part in the record's equality.
/// </summary>
/// <typeparam name="TOwner">The record.</typeparam>
/// <typeparam name="TValue">What follows from it.</typeparam>
internal struct Derived<TOwner, TValue> : IEquatable<Derived<TOwner, TValue>>
    where TOwner : class
{
    // One reference, so that two threads at worst both work it out.
    private Entry? entry;

    /// <summary>The value.</summary>
    /// <param name="owner">The record that holds this.</param>
    /// <param name="make">Works it out, given what is known of the record that this one was copied from.</param>
    public TValue Of(TOwner owner, Func<TOwner, TValue?, TValue> make)
    {
        var known = entry;
        if (known is not null && ReferenceEquals(known.Owner, owner)) return known.Value;
        var made = make(owner, known is null ? default : known.Value);
        entry = new Entry(owner, made);
        return made;
    }

    /// <inheritdoc/>
    public readonly bool Equals(Derived<TOwner, TValue> other) => true;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Derived<TOwner, TValue>;

    /// <inheritdoc/>
    public override readonly int GetHashCode() => 0;

    private sealed class Entry(TOwner owner, TValue value)
    {
        public TOwner Owner => owner;

        public TValue Value => value;
    }
}
