using System.Collections.Immutable;

namespace OneStop.Domain;

/// <summary>What a rule decided: events to record, or a refusal without effect.</summary>
/// <typeparam name="TEvent">The actor's events.</typeparam>
public readonly record struct Decision<TEvent>
{
    private Decision(ImmutableArray<TEvent> events, OneStopException? refusal) => (Events, Refusal) = (events, refusal);

    /// <summary>The events, in order; empty when nothing changes.</summary>
    public ImmutableArray<TEvent> Events { get; }

    /// <summary>Why it is refused; null when it is not.</summary>
    public OneStopException? Refusal { get; }

    /// <summary>Nothing to record.</summary>
    public static Decision<TEvent> Nothing { get; } = new([], null);

    /// <summary>These events are to be recorded.</summary>
    public static Decision<TEvent> Of(params ReadOnlySpan<TEvent> events) => new([.. events], null);

    /// <summary>These events are to be recorded.</summary>
    public static implicit operator Decision<TEvent>(ImmutableArray<TEvent> events) => new(events, null);

    /// <summary>It is refused.</summary>
    public static implicit operator Decision<TEvent>(OneStopException refusal) => new([], refusal);

    /// <summary>The events, or the refusal thrown.</summary>
    /// <exception cref="OneStopException">The command is refused.</exception>
    public ImmutableArray<TEvent> OrThrow() => Refusal is null ? Events : throw Refusal;
}
