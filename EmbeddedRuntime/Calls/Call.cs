namespace OneStop.EmbeddedRuntime;

/// <summary>How a call gets along with others.</summary>
[Flags]
internal enum CallTraits
{
    None = 0,
    ReadOnly = 1,
    AlwaysInterleave = 2,
    OneWay = 4,
}

/// <summary>Something that an activation does from beginning to end: a grain call, a timer's tick, the delivery of a stream's item.</summary>
internal abstract class Call(CallTraits traits, RequestValues? context)
{
    public CallTraits Traits { get; } = traits;

    /// <summary>The request context in force when the call was made.</summary>
    public RequestValues? Context { get; } = context;

    /// <summary>The next in the queue this call waits in.</summary>
    public Call? Next { get; set; }

    /// <summary>What a person looking for a stall reads.</summary>
    public abstract string Name { get; }

    /// <summary>Whether this call counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Whether a call that waits when its activation ends goes to the next activation.</summary>
    public virtual bool OutlivesActivation => true;

    /// <summary>Whether the call might start while others that came before it wait.</summary>
    public bool MayOvertake =>
        (Traits & (CallTraits.ReadOnly | CallTraits.AlwaysInterleave)) != 0 || (Context is not null && Context.ReentrancyId != Guid.Empty);

    /// <summary>Begins the call in a turn of the activation, which learns by <see cref="Activation.Ended"/> when it is over.</summary>
    public abstract void Run(Activation activation);

    /// <summary>The call will not be carried out.</summary>
    public abstract void Refuse(Exception reason);
}
