using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Rollouts;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Rollouts;

/// <summary>Which cases a rollout still has to go to, by their rows, and the rows that say what became of them.</summary>
internal static class RolloutCases
{
    private static readonly ImmutableArray<RowFilter> Running =
    [
        .. new[] { ApplicationStatus.Delivered, ApplicationStatus.Refused, ApplicationStatus.Withdrawn }
            .Select(closed => new RowFilter("state", RowOperator.NotEqual, CamelCase.Of(closed))),
    ];

    /// <summary>Cases that are not closed and do not have the version yet; for a calendar that is tried out, all that count by it.</summary>
    public static ImmutableArray<RowFilter> Left(RolloutPlan plan) => plan.Kind switch
    {
        RolloutKind.Calendar when plan.DryRun => Running.Add(Calendar(plan.Code)),
        RolloutKind.Calendar => Running.Add(Calendar(plan.Code)).Add(new("calendar_version", RowOperator.Less, (long)plan.Version)),
        RolloutKind.TimeRule => Running.Add(Item(plan.Code)).Add(new("time_rule", RowOperator.NotEqual, RuleOf(plan.Rule!, plan.Version))),
        _ => Running.Add(Item(plan.Code)).Add(new("item_version", RowOperator.NotEqual, (long)plan.Version)),
    };

    /// <summary>A version of a time rule, as rows name it.</summary>
    public static string RuleOf(string code, int version) => string.Create(CultureInfo.InvariantCulture, $"{code}-{version}");

    /// <summary>Rows of the cases that moved or were refused; the others would only fill the list.</summary>
    public static ImmutableArray<RowChange> Rows(string rollout, ImmutableArray<CaseChange> changes) =>
    [
        .. changes.Where(change => change.Moves || change.Refusal is not null)
            .Select(change => RowChange.Put(Tables.RolloutCases, rollout, change.AcceptanceNumber, JsonSerializer.Serialize(change, EventCodec.Json))),
    ];

    private static RowFilter Calendar(string code) => new("calendar", RowOperator.Equal, Tables.CalendarOf(code));

    private static RowFilter Item(string code) => new("item", RowOperator.Equal, code);
}
