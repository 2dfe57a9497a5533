using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;

namespace OneStop.Silo.Replay;

/// <summary>What to tell which case when. At equal instants: starts, events, ends.</summary>
internal sealed record ReplayPlan(
    IReadOnlyList<ReplayPlan.Fact> Facts, IReadOnlyList<string> Departments, int Cases, int Events, int Activities, int Resources)
{
    private const string ItemCode = "log";
    private const string UnknownDepartment = "log";

    /// <summary>The last event's time: there the clock stops.</summary>
    public DateTimeOffset Last { get; private init; }

    /// <summary>One thing to tell.</summary>
    /// <param name="At">When.</param>
    /// <param name="Rank">0 for a start, 1 for an event, 2 for an end.</param>
    /// <param name="Number">The case's acceptance number.</param>
    /// <param name="Command">What.</param>
    internal sealed record Fact(DateTimeOffset At, int Rank, string Number, ApplicationCommand Command);

    /// <summary>Plans a log.</summary>
    /// <exception cref="LogException">It cannot be replayed.</exception>
    public static ReplayPlan Of(EventLog log, LogFormat format)
    {
        if (log.Lines.Count == 0) throw new LogException("The log has no events.");
        var facts = new List<Fact>(log.Lines.Count * 2);
        var numbers = new HashSet<string>();
        var departments = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var lines in log.Lines.GroupBy(line => line.Case))
        {
            var number = NumberOf(lines.Key);
            if (!numbers.Add(number)) throw new LogException($"Case '{lines.Key}' and another one would have the same number '{number}'.");
            var first = lines.First();
            var department = first.Department ?? UnknownDepartment;
            departments.Add(department);
            var start = log.KnowsStarts && first.Start is { } said ? said : lines.Min(line => line.Time);
            facts.Add(new Fact(start, 0, number, StartOf(first, number, department, start, format)));
            facts.AddRange(lines.Select(line => new Fact(line.Time, 1, number, new ReportActivity(
                new ReportedActivity(line.Time, line.Activity, line.Resource, line.Group, Milestone.None, GivesReason: false)))));
            if ((log.KnowsEnds ? first.End : lines.Max(line => line.Time)) is { } end)
                facts.Add(new Fact(end, 2, number, new ReportEnd(end)));
        }

        var last = log.Lines.Max(line => line.Time);
        return new ReplayPlan(
            [.. facts.Where(fact => fact.At <= last).OrderBy(fact => fact.At).ThenBy(fact => fact.Rank)],
            [.. departments],
            numbers.Count,
            log.Lines.Count,
            log.Lines.Select(line => line.Activity).Distinct().Count(),
            log.Lines.Select(line => line.Resource).OfType<string>().Distinct().Count())
        {
            Last = last,
        };
    }

    // Keys begin with a letter: all-digit keys confuse the cluster's database providers.
    private static string NumberOf(string name) => char.IsAsciiLetter(name[0]) ? name : "C-" + name;

    private static ReportStart StartOf(LogLine line, string number, string department, DateTimeOffset start, LogFormat format)
    {
        var limit = line.Deadline is { } deadline ? new FixedInstant(deadline) : format.Limit
            ?? throw new LogException($"Line {line.Number}: case '{line.Case}' has no deadline; give a limit for such cases with --limit.");
        return new ReportStart(number, ItemDefinition.Reported(ItemCode, department, limit, format.Calendar), start);
    }
}
