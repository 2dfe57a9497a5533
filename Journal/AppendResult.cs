namespace OneStop.Journal;

/// <summary>How an append ended. A failing store is an exception instead.</summary>
public sealed record AppendResult
{
    private AppendResult(AppendOutcome outcome) => Outcome = outcome;

    /// <summary>What happened.</summary>
    public AppendOutcome Outcome { get; }

    /// <summary>The first answer, when <see cref="AppendOutcome.Repeated"/>.</summary>
    public CommandRecord? First { get; private init; }

    /// <summary>The stream whose head was not the expected one, or the unique index that stood in the way.</summary>
    public string? Cause { get; private init; }

    /// <summary>It is durable.</summary>
    public static AppendResult Committed { get; } = new(AppendOutcome.Committed);

    /// <summary>Somebody else has appended to <paramref name="stream"/> since it was read.</summary>
    public static AppendResult StaleHead(string stream) => new(AppendOutcome.StaleHead) { Cause = stream };

    /// <summary>The same command has been carried out before.</summary>
    public static AppendResult Repeated(CommandRecord first) => new(AppendOutcome.Repeated) { First = first };

    /// <summary>Another command has been carried out under the same id.</summary>
    public static AppendResult CommandConflict { get; } = new(AppendOutcome.CommandConflict);

    /// <summary>A row would break the unique index <paramref name="index"/>.</summary>
    public static AppendResult NotUnique(string index) => new(AppendOutcome.NotUnique) { Cause = index };
}

/// <summary>Outcomes of an append; all but the first leave no trace.</summary>
public enum AppendOutcome
{
    /// <summary>Everything is durable.</summary>
    Committed,

    /// <summary>A stream has moved on: read it again.</summary>
    StaleHead,

    /// <summary>The command id is known with the same body: give the first answer.</summary>
    Repeated,

    /// <summary>The command id is known with another body.</summary>
    CommandConflict,

    /// <summary>A unique index of a read-model table stands in the way.</summary>
    NotUnique,
}

/// <summary>The store cannot be reached or refuses to work; nothing of the request is known to be durable.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates it with what is known of the cause.</summary>
    public StoreUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>When it is worth trying again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
