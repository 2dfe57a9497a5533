using CsvHelper;

namespace OneStop.Silo.Replay;

/// <summary>Reads an event log in CSV.</summary>
internal static class CsvLog
{
    public static EventLog Read(Stream stream, LogFormat format)
    {
        var builder = new LogBuilder(format);
        var options = new CsvReaderOptions
        {
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = bad => builder.AddBad(bad.LineNumber, Describe(bad.Reason)),
        };
        using var csv = CsvReader.Create(stream, options, true);
        try
        {
            csv.ReadHeader();
        }
        catch (Exception e) when (e is CsvFormatException or InvalidOperationException)
        {
            throw new LogException("The file has no header line: " + e.Message);
        }

        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < csv.Headers.Count; i++) columns.TryAdd(csv.Headers[i].Trim(), i);
        RequireColumns(columns, format);
        while (csv.Read())
            builder.Add(csv.LineNumber, column => columns.TryGetValue(column, out var index) ? csv.GetString(index) : null);
        return builder.Build(columns.ContainsKey(format.Start), columns.ContainsKey(format.Deadline), columns.ContainsKey(format.End));
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.FieldCountMismatch => "It does not have as many fields as the header.",
        _ => $"Quotation marks are out of place ({reason}).",
    };

    private static void RequireColumns(Dictionary<string, int> columns, LogFormat format)
    {
        foreach (var column in new[] { format.Case, format.Activity, format.Time }.Concat(format.Named))
            if (!columns.ContainsKey(column))
                throw new LogException($"The log has no column '{column}'. It has: {string.Join(", ", columns.Keys)}.");
    }
}
