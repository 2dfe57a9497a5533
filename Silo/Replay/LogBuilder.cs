namespace OneStop.Silo.Replay;

/// <summary>Makes events of a log from its values, line by line, and notes the lines that cannot be read.</summary>
internal sealed class LogBuilder(LogFormat format)
{
    private const int MaxCaseLength = 150;

    private readonly List<LogLine> lines = [];
    private readonly List<BadLine> bad = [];
    private readonly Dictionary<string, LogLine> firstOfCase = [];

    /// <summary>Takes one event in.</summary>
    /// <param name="number">Its line.</param>
    /// <param name="value">The value of a column; null when it has none.</param>
    public void Add(long number, Func<string, string?> value)
    {
        try
        {
            var line = new LogLine(
                number,
                Required(value, format.Case),
                Required(value, format.Activity),
                LogFormat.ParseInstant(Required(value, format.Time)),
                Optional(value, format.Resource),
                Optional(value, "org:group"),
                Optional(value, format.Department),
                Instant(value, format.Start),
                Instant(value, format.Deadline),
                Instant(value, format.End));
            Check(line);
            lines.Add(line);
        }
        catch (FormatException e)
        {
            AddBad(number, e.Message);
        }
    }

    /// <summary>Notes a line that cannot be read.</summary>
    public void AddBad(long number, string what) => bad.Add(new BadLine(number, what));

    /// <summary>The log.</summary>
    public EventLog Build(bool starts, bool deadlines, bool ends) => new(lines, bad, starts, deadlines, ends);

    private static string? Optional(Func<string, string?> value, string column) =>
        value(column) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static string Required(Func<string, string?> value, string column) =>
        Optional(value, column) ?? throw new FormatException($"'{column}' is empty.");

    private static DateTimeOffset? Instant(Func<string, string?> value, string column) =>
        Optional(value, column) is { } text ? LogFormat.ParseInstant(text) : null;

    private void Check(LogLine line)
    {
        if (line.Case.Length > MaxCaseLength) throw new FormatException($"A case's name has at most {MaxCaseLength} characters.");
        if (firstOfCase.TryAdd(line.Case, line)) return;
        var first = firstOfCase[line.Case];
        if ((first.Start, first.Deadline, first.End) != (line.Start, line.Deadline, line.End))
            throw new FormatException($"Start, deadline or end of case '{line.Case}' differ from line {first.Number}.");
    }
}
