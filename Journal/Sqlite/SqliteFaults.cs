using Microsoft.Data.Sqlite;
using OneStop.Journal.Schema;
using SQLitePCL;

namespace OneStop.Journal.Sqlite;

/// <summary>Says what follows from an error of SQLite.</summary>
internal sealed class SqliteFaults(TableCatalogue tables)
{
    public StoreFaultException Of(SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_CONSTRAINT when BrokenIndex(e) is { } index => new StoreFaultException(StoreFault.NotUnique, e.Message, e) { Index = index },
        raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH => new StoreFaultException(StoreFault.Rejected, e.Message, e),
        _ => new StoreFaultException(StoreFault.Unavailable, e.Message, e),
    };

    // SQLite names the columns, "UNIQUE constraint failed: tickets.hall, tickets.counter", not the index.
    private string? BrokenIndex(SqliteException e)
    {
        if (e.SqliteExtendedErrorCode != raw.SQLITE_CONSTRAINT_UNIQUE)
            return null;
        var broken =
            from table in tables.Tables
            from index in table.Indexes
            let columns = string.Join(", ", index.Columns.Select(column => $"{table.Name}.{column}"))
            where index.Unique && e.Message.Contains($": {columns}'", StringComparison.Ordinal)
            select index.Name;
        return broken.FirstOrDefault();
    }
}
