namespace OneStop.Journal;

/// <summary>The database is not one that this program can work with; the message says what to do.</summary>
public sealed class JournalSchemaException : Exception
{
    /// <summary>Creates it.</summary>
    public JournalSchemaException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
