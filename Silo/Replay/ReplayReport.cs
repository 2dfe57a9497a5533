using System.Text.Json;

namespace OneStop.Silo.Replay;

/// <summary>The supervision report of a replay.</summary>
internal sealed record ReplayReport(
    int Cases,
    int Events,
    int Activities,
    int Resources,
    long Ended,
    long Open,
    long EndedLate,
    long OpenOverdue,
    long RedCards,
    ReplayReport.LogicFindings Logic,
    IReadOnlyList<ReplayReport.Moment> AsOf)
{
    /// <summary>How it is written to a file.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What logic inspection found.</summary>
    internal sealed record LogicFindings(long EndBeforeStart, long EventAfterEnd, long EventBeforeStart);

    /// <summary>How things stood at an instant.</summary>
    internal sealed record Moment(DateTimeOffset At, long Open, long Overdue);
}
