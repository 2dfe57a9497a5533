using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;

namespace OneStop.Silo.City;

/// <summary>How a part of a course goes.</summary>
internal enum CityPassage
{
    /// <summary>One step after the other.</summary>
    Line,

    /// <summary>Branches side by side, which meet again (并联).</summary>
    Parallel,

    /// <summary>Behind its last step an exclusive gateway: returned leads back to its first step.</summary>
    Back,

    /// <summary>Behind its first step an exclusive gateway: returned leads over the other steps, otherwise they are passed by.</summary>
    Detour,
}

/// <summary>A part of a course.</summary>
internal sealed record CityPart(CityPassage Passage, ImmutableArray<ImmutableArray<StepDefinition>> Branches);

/// <summary>The course of an item with so many steps, drawn from a seed.</summary>
internal sealed class CityCourse(Random random, CityOffice office, ItemKind kind)
{
    /// <summary>A step whose id begins so may be returned: a gateway behind it asks for its outcome.</summary>
    public const string Review = "review";

    private const int FewestOfAProcess = 6;
    private static readonly string[] Levels = ["community", "township", "county-civil"];

    private int made;

    /// <summary>Whether the item is drawn as a process; otherwise it has stages.</summary>
    public static bool HasProcess(ItemKind kind) => kind is ItemKind.Joint or ItemKind.Relief or ItemKind.ReportUp;

    /// <summary>Fewest and most steps of a kind; none for what is done on the spot or outside.</summary>
    public static (int Fewest, int Most) StepsOf(ItemKind kind) => kind switch
    {
        ItemKind.Instant or ItemKind.Reported => (0, 0),
        ItemKind.Consultation => (1, 3),
        ItemKind.Complaint or ItemKind.Mailbox or ItemKind.Rectification or ItemKind.UrbanManagement => (2, 8),
        _ => (FewestOfAProcess, 14),
    };

    /// <summary>The parts of a process: side by side for joint items (并联), through the levels for chained ones (一条龙).</summary>
    public ImmutableArray<CityPart> Parts(int steps) => kind == ItemKind.Joint ? Joint(steps) : Chained(steps);

    /// <summary>The steps of an item with stages: one to three in a stage.</summary>
    public ImmutableArray<StepDefinition> Stages(int steps)
    {
        var all = ImmutableArray.CreateBuilder<StepDefinition>(steps);
        for (var stage = 1; all.Count < steps; stage++)
        {
            var partners = Partners();
            var beside = Math.Min(steps - all.Count, stage == 1 ? 1 : random.Next(1, 4));
            for (var i = 0; i < beside; i++)
                all.Add(Step("step", "办理", "Handling", i == 0 ? office.Code : partners[i]) with { Stage = stage });
        }

        return all.ToImmutable();
    }

    private ImmutableArray<CityPart> Joint(int steps)
    {
        var partners = Partners();
        var beside = Math.Min(steps - 4, random.Next(2, 5));
        var branches = Enumerable.Range(0, beside).Select(_ => ImmutableArray.CreateBuilder<StepDefinition>()).ToArray();
        for (var i = 0; i < steps - 4; i++)
            branches[i % beside].Add(Step("opinion", "并联审查", "Joint examination", partners[i % beside]));
        return
        [
            new(CityPassage.Line, [[Step("check", "初审", "First check", office.Code)]]),
            new(CityPassage.Parallel, [.. branches.Select(b => b.ToImmutable())]),
            new(CityPassage.Detour, [[Step(Review, "复核", "Review", office.Code), Step("site", "现场勘验", "Site visit", office.Code)]]),
            new(CityPassage.Line, [[Step("sign", "签发", "Signature", office.Code, StepRole.Head)]]),
        ];
    }

    // From the community up; each level may return the case to the one before.
    private ImmutableArray<CityPart> Chained(int steps)
    {
        var parts = ImmutableArray.CreateBuilder<CityPart>();
        var (left, level) = (steps, 0);
        while (left > 1)
        {
            var here = left <= 4 ? left - 1 : random.Next(2, 4);
            var department = level < Levels.Length ? Levels[level] : office.Code;
            var checks = Enumerable.Range(0, here - 1).Select(_ => Step("check", "核查", "Check", department));
            parts.Add(here == 1
                ? new(CityPassage.Line, [[Step("check", "核查", "Check", department)]])
                : new(CityPassage.Back, [[.. checks, Step(Review, "逐级审核", "Review by the level", department)]]));
            (left, level) = (left - here, level + 1);
        }

        parts.Add(new(CityPassage.Line, [[Step("sign", "审批", "Approval", office.Code, StepRole.Head)]]));
        return parts.ToImmutable();
    }

    private string[] Partners() =>
        [.. CityNames.Offices.Where(o => o.Code != office.Code && o.Level == GovernmentLevel.City).Select(o => o.Code).OrderBy(_ => random.Next()).Take(4)];

    private StepDefinition Step(string word, string zh, string en, string department, StepRole role = StepRole.Handler)
    {
        var ordinal = (++made).ToString(CultureInfo.InvariantCulture);
        Limit limit = kind == ItemKind.UrbanManagement ? new WorkingHours(random.Next(2, 5)) : new WorkingDays(random.Next(1, 4));
        return new($"{word}-{ordinal}", new LocalizedText(zh + ordinal, $"{en} {ordinal}"), department, role, limit, 1);
    }
}
