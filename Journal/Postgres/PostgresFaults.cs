using System.Net.Sockets;
using Npgsql;
using OneStop.Journal.Schema;

namespace OneStop.Journal.Postgres;

/// <summary>Says what follows from an error of PostgreSQL or of the way to it.</summary>
internal sealed class PostgresFaults(TableCatalogue tables)
{
    /// <summary>Whether the store or the way to it caused this, and not a mistake in the program.</summary>
    public static bool IsOfStore(Exception e) =>
        e is NpgsqlException or SocketException or IOException or TimeoutException
        // What Npgsql says of a connection that broke between two uses.
        || (e is InvalidOperationException && e is not ObjectDisposedException);

    /// <summary>Whether the server has answered: then it has also ended the transaction without committing.</summary>
    public static bool IsAnswer(Exception e) => e is PostgresException { Severity: "ERROR" };

    public StoreFaultException Of(Exception e)
    {
        if (e is not PostgresException answer)
            return new StoreFaultException(StoreFault.Unavailable, e.Message, e);
        return answer.SqlState switch
        {
            PostgresErrorCodes.UniqueViolation when IsIndex(answer.ConstraintName) =>
                new StoreFaultException(StoreFault.NotUnique, e.Message, e) { Index = answer.ConstraintName },
            // Two processes created the same stream, command or key; whoever comes second sees it when looking again.
            PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure =>
                new StoreFaultException(StoreFault.LostRace, e.Message, e),
            ['2', '2' or '3', ..] or ['5', '4', ..] => new StoreFaultException(StoreFault.Rejected, e.Message, e),
            _ => new StoreFaultException(StoreFault.Unavailable, e.Message, e),
        };
    }

    private bool IsIndex(string? name) => tables.Tables.Any(table => table.Indexes.Any(index => index.Unique && index.Name == name));
}
