using System.Collections.Immutable;
using OneStop.Journal.Schema;

namespace OneStop.Journal.Writing;

/// <summary>Refuses what no store could keep before it can spoil a batch for others.</summary>
internal sealed class RequestValidator(TableCatalogue tables)
{
    private const int LongestName = 200;

    /// <summary>Checks a request and gives its rows in the form the columns hold.</summary>
    /// <exception cref="ArgumentException">The request is malformed; the message says where.</exception>
    public ImmutableArray<RowChange> Check(AppendRequest request)
    {
        if (request.Streams.IsDefault || request.Rows.IsDefault || request.Documents.IsDefault || request.Erasures.IsDefault)
            throw new ArgumentException("A list of the request was never set.", nameof(request));
        for (var i = 0; i < request.Streams.Length; i++)
        {
            Check(request.Streams[i]);
            for (var j = 0; j < i; j++)
                if (request.Streams[j].Stream == request.Streams[i].Stream)
                    throw new ArgumentException($"Stream {request.Streams[i].Stream} comes twice in one request.", nameof(request));
        }

        foreach (var document in request.Documents)
        {
            CheckName(document.Subject, "A document's subject");
            CheckName(document.Id, "A document's id");
            ArgumentNullException.ThrowIfNull(document.Content);
        }

        foreach (var erasure in request.Erasures)
        {
            CheckName(erasure.Subject, "A document's subject");
            if (erasure.Ids.IsDefault)
                throw new ArgumentException($"The documents of {erasure.Subject} to erase were never set.", nameof(request));
        }

        if (request.Command is { } command)
            Check(command);
        return Check(request.Rows);
    }

    /// <exception cref="ArgumentException">It is empty, too long or not well-formed.</exception>
    public static void CheckName(string name, string what)
    {
        if (string.IsNullOrEmpty(name) || name.Length > LongestName)
            throw new ArgumentException($"{what} has 1 to {LongestName} characters: '{name}'.", nameof(name));
        WellFormed.Check(name, what);
    }

    private static void Check(StreamAppend append)
    {
        CheckName(append.Stream, "A stream's name");
        ArgumentOutOfRangeException.ThrowIfNegative(append.ExpectedHead);
        if (append.Events.IsDefault)
            throw new ArgumentException($"The events of {append.Stream} were never set.", nameof(append));
        foreach (var happened in append.Events)
        {
            CheckName(happened.Type, "An event's type");
            CheckName(happened.Actor, "An event's actor");
            ArgumentNullException.ThrowIfNull(happened.Data);
        }
    }

    private static void Check(CommandRecord command)
    {
        CheckName(command.Caller, "A command's caller");
        CheckName(command.Id, "A command's id");
        ArgumentNullException.ThrowIfNull(command.BodyHash);
        ArgumentNullException.ThrowIfNull(command.Answer);
    }

    private ImmutableArray<RowChange> Check(ImmutableArray<RowChange> rows)
    {
        if (rows.IsEmpty)
            return rows;
        var result = ImmutableArray.CreateBuilder<RowChange>(rows.Length);
        foreach (var row in rows)
        {
            var table = tables.Resolve(row.Table);
            var expected = row.Delete ? table.KeyColumns : table.Columns.Length;
            if (row.Values.IsDefault || row.Values.Length != expected)
                throw new ArgumentException($"A row of {table.Name} has {expected} values here.", nameof(rows));
            var values = new object?[expected];
            for (var i = 0; i < values.Length; i++)
                values[i] = ColumnValue.Normalise(table, table.Columns[i], row.Values[i]);
            result.Add(new RowChange(table, [.. values], row.Delete));
        }

        return result.MoveToImmutable();
    }
}
