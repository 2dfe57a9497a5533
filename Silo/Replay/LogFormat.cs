using System.Globalization;
using OneStop.Domain.Deadlines;

namespace OneStop.Silo.Replay;

/// <summary>Which column of an event log means what; the defaults are XES's names as they stand in CSV exports.</summary>
/// <param name="Case">The case.</param>
/// <param name="Activity">What was done.</param>
/// <param name="Time">When.</param>
/// <param name="Resource">Who did it.</param>
/// <param name="Department">The case's department.</param>
/// <param name="Start">When the case started; when there is no such column, at its first event.</param>
/// <param name="Deadline">The case's deadline; when there is no such column, by <see cref="Limit"/>.</param>
/// <param name="End">When the case ended; when there is no such column, at its last event.</param>
/// <param name="Named">Columns that were named by the user: these must be there.</param>
/// <param name="Limit">The limit of cases without a deadline; null for none.</param>
/// <param name="Calendar">The calendar that a limit in working days counts by.</param>
internal sealed record LogFormat(
    string Case,
    string Activity,
    string Time,
    string Resource,
    string Department,
    string Start,
    string Deadline,
    string End,
    IReadOnlySet<string> Named,
    Limit? Limit,
    string Calendar)
{
    /// <summary>A limit as it is written: <c>56d</c> (calendar days, exact) or <c>20wd</c> (working days).</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static Limit ParseLimit(string text)
    {
        Limit? limit = text switch
        {
            _ when text.EndsWith("wd", StringComparison.Ordinal) && Number(text[..^2]) is { } days => new WorkingDays(days),
            _ when text.EndsWith('d') && Number(text[..^1]) is { } days => new CalendarTime(TimeSpan.FromDays(days)),
            _ => null,
        };
        return limit is { Fault: null } ? limit : throw new FormatException($"'{text}' is no limit: write 56d for calendar days or 20wd for working days.");
    }

    /// <summary>An instant as logs write it; without an offset it is UTC.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DateTimeOffset ParseInstant(string text)
    {
        // Only the order year, month, day is the same everywhere.
        if (text.Length >= 10 && text[4] == '-' && text[7] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && instant.Year is >= 1900 and <= 2999)
        {
            return instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
        }

        throw new FormatException($"'{text}' is no time: write it as ISO 8601, between the years 1900 and 2999.");
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
