using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OneStop.Silo.Hosting;
using OneStop.Silo.Replay;

namespace OneStop.Silo.Commands;

/// <summary>Feeds a real event log through the system and prints the supervision report.</summary>
internal static class ReplayCommand
{
    private const int Refused = 2;
    private const int ShownBadLines = 20;

    public static void AddTo(RootCommand root)
    {
        var file = new Argument<string>("FILE") { Description = "Event log: CSV or XES, also .gz." };
        var command = new Command("replay", "Run a real event log through the system's own grains under virtual time.") { file };
        Option<string> Column(string name, string standard, string what)
        {
            var option = new Option<string>(name) { Description = what, DefaultValueFactory = _ => standard };
            command.Options.Add(option);
            return option;
        }

        var caseColumn = Column("--case", "case:concept:name", "Column of the case.");
        var activity = Column("--activity", "concept:name", "Column of the activity.");
        var time = Column("--time", "time:timestamp", "Column of the event's time.");
        var resource = Column("--resource", "org:resource", "Column of the person.");
        var department = Column("--department", "case:department", "Column of the case's department.");
        var start = Column("--start", "case:startdate", "Column of the case's start; without it, its first event.");
        var deadline = Column("--deadline", "case:deadline", "Column of the case's deadline; without it, --limit.");
        var end = Column("--end", "case:enddate", "Column of the case's end; without it, its last event.");
        var calendar = Column("--calendar", "cn", "Calendar that counts a limit in working days.");
        var limit = new Option<string?>("--limit") { Description = "Limit of cases without a deadline: 56d (calendar days) or 20wd (working days)." };
        var data = new Option<string?>("--data") { Description = "Folder to keep the record in; in memory when not given." };
        var report = new Option<string?>("--report") { Description = "File to write the report to, as JSON." };
        var asOf = new Option<string[]>("--as-of") { Description = "An instant to report open and overdue cases at; repeatable." };
        var skipBad = new Option<bool>("--skip-bad") { Description = "Skip lines that cannot be read." };
        foreach (var option in new Option[] { limit, data, report, asOf, skipBad }) command.Options.Add(option);

        command.SetAction(parsed =>
        {
            var console = parsed.InvocationConfiguration;
            try
            {
                Option<string>[] columns = [caseColumn, activity, time, resource, department, start, deadline, end];
                var named = columns.Where(c => parsed.GetResult(c) is { Implicit: false }).Select(c => parsed.GetValue(c)!).ToHashSet();
                var format = new LogFormat(
                    parsed.GetValue(caseColumn)!, parsed.GetValue(activity)!, parsed.GetValue(time)!, parsed.GetValue(resource)!,
                    parsed.GetValue(department)!, parsed.GetValue(start)!, parsed.GetValue(deadline)!, parsed.GetValue(end)!, named,
                    parsed.GetValue(limit) is { } written ? LogFormat.ParseLimit(written) : null, parsed.GetValue(calendar)!);
                var instants = (parsed.GetValue(asOf) ?? []).Select(LogFormat.ParseInstant).ToArray();
                return Run(
                    parsed.GetValue(file)!, format, parsed.GetValue(data), parsed.GetValue(report), instants, parsed.GetValue(skipBad), console);
            }
            catch (Exception e) when (e is LogException or FormatException or Domain.OneStopException)
            {
                console.Error.WriteLine(e.Message);
                return Refused;
            }
        });
        root.Subcommands.Add(command);
    }

    private static int Run(
        string file, LogFormat format, string? data, string? report, IReadOnlyList<DateTimeOffset> asOf, bool skipBad, InvocationConfiguration console)
    {
        new OneStop.Grains.Catalogue.Definitions().Calendar(format.Calendar);
        var log = LogFile.Read(file, format);
        foreach (var bad in log.Bad.Take(ShownBadLines)) console.Error.WriteLine($"line {bad.Number}: {bad.What}");
        if (log.Bad.Count > ShownBadLines) console.Error.WriteLine($"... and {log.Bad.Count - ShownBadLines} more lines.");
        if (log.Bad.Count > 0 && !skipBad)
        {
            console.Error.WriteLine($"{log.Bad.Count} lines cannot be read; nothing was kept. Mend them, or skip them with --skip-bad.");
            return Refused;
        }

        var plan = ReplayPlan.Of(log, format);
        if (data is not null && File.Exists(DataFolder.DatabaseIn(data)))
            throw new LogException($"{Path.GetFullPath(data)} already holds a record; a replay needs a folder of its own.");
        var result = Progress.Of("Replaying", plan.Facts.Count, console, progress =>
            Replayer.Run(plan, Path.GetFileName(file), data is null ? null : new DataFolder(data), asOf, progress));
        if (report is not null) File.WriteAllText(report, JsonSerializer.Serialize(result, ReplayReport.Json) + Environment.NewLine);
        Print(result, console.Output);
        return 0;
    }

    private static void Print(ReplayReport report, TextWriter to)
    {
        void Line(string what, long count) => to.WriteLine($"{what,-28}{count.ToString("N0", CultureInfo.InvariantCulture),12}");
        Line("cases", report.Cases);
        Line("events", report.Events);
        Line("activities", report.Activities);
        Line("resources", report.Resources);
        Line("ended", report.Ended);
        Line("  after the deadline", report.EndedLate);
        Line("open at the last event", report.Open);
        Line("  past the deadline", report.OpenOverdue);
        Line("red cards", report.RedCards);
        Line("ended before the start", report.Logic.EndBeforeStart);
        Line("events after the end", report.Logic.EventAfterEnd);
        Line("events before the start", report.Logic.EventBeforeStart);
        foreach (var moment in report.AsOf)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"as of {moment.At:yyyy-MM-ddTHH:mm:sszzz}: {moment.Open} open, {moment.Overdue} overdue"));
    }
}
