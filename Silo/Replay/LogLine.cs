namespace OneStop.Silo.Replay;

/// <summary>An event of a log, as it was read.</summary>
/// <param name="Number">Its line in the file.</param>
/// <param name="Case">The case.</param>
/// <param name="Activity">What was done.</param>
/// <param name="Time">When.</param>
/// <param name="Resource">Who did it; null when not said.</param>
/// <param name="Group">In which group; null when not said.</param>
/// <param name="Department">The case's department; null when not said.</param>
/// <param name="Start">When the case started; null when not said.</param>
/// <param name="Deadline">The case's deadline; null when not said.</param>
/// <param name="End">When the case ended; null when it has not, or not said.</param>
internal sealed record LogLine(
    long Number,
    string Case,
    string Activity,
    DateTimeOffset Time,
    string? Resource,
    string? Group,
    string? Department,
    DateTimeOffset? Start,
    DateTimeOffset? Deadline,
    DateTimeOffset? End);

/// <summary>A line that cannot be read.</summary>
/// <param name="Number">Its line in the file.</param>
/// <param name="What">What is wrong with it.</param>
internal sealed record BadLine(long Number, string What);

/// <summary>A log as it was read.</summary>
/// <param name="Lines">Its events.</param>
/// <param name="Bad">Lines that cannot be read.</param>
/// <param name="KnowsStarts">Whether the log says when cases start.</param>
/// <param name="KnowsDeadlines">Whether the log says deadlines.</param>
/// <param name="KnowsEnds">Whether the log says when cases end.</param>
internal sealed record EventLog(
    IReadOnlyList<LogLine> Lines, IReadOnlyList<BadLine> Bad, bool KnowsStarts, bool KnowsDeadlines, bool KnowsEnds);

/// <summary>The log cannot be used; the message says why.</summary>
internal sealed class LogException(string message) : Exception(message);
