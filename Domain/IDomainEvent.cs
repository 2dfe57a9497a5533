namespace OneStop.Domain;

/// <summary>Something that happened and was recorded.</summary>
public interface IDomainEvent
{
    /// <summary>When it happened; never before the event recorded before it.</summary>
    DateTimeOffset At { get; }

    /// <summary>Who caused it: an account, <c>public</c> or <c>system</c>.</summary>
    string Actor { get; }
}
