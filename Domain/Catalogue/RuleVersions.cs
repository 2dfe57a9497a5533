using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Catalogue;

/// <summary>The versions of the town's rules (S5): a rule that says something else than the one in force gets the next.</summary>
internal static class RuleVersions
{
    /// <summary>The town with the versions of its rules, also in the items that go by them.</summary>
    /// <param name="before">The town in force; null before the first.</param>
    /// <param name="town">The town to come.</param>
    public static TownDefinition Of(TownDefinition? before, TownDefinition town)
    {
        ImmutableArray<TimeRule> rules = [.. town.Rules.Select(rule => Versioned(before?.Rules.FirstOrDefault(r => r.Code == rule.Code), rule))];
        ImmutableArray<RetentionRule> retentions = [.. town.Retentions.Select(rule => Versioned(before?.Retentions.FirstOrDefault(r => r.Code == rule.Code), rule))];
        return town with
        {
            Rules = rules,
            Retentions = retentions,
            Items =
            [
                .. town.Items.Select(item => item with
                {
                    TimeRule = rules.FirstOrDefault(r => r.Code == item.TimeRule.Code) ?? item.TimeRule,
                    Retention = retentions.FirstOrDefault(r => r.Code == item.Retention?.Code) ?? item.Retention,
                }),
            ],
        };
    }

    private static RetentionRule Versioned(RetentionRule? before, RetentionRule rule)
    {
        if (before is null)
            return rule;
        var same = rule with { Version = before.Version };
        return same == before ? same : rule with { Version = Math.Max(rule.Version, before.Version + 1) };
    }

    private static TimeRule Versioned(TimeRule? before, TimeRule rule)
    {
        if (before is null)
            return rule;
        var same = rule with { Version = before.Version };
        return Text(same) == Text(before) ? same : rule with { Version = Math.Max(rule.Version, before.Version + 1) };
    }

    private static string Text(TimeRule rule) => JsonSerializer.Serialize(rule);
}
