using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Processes;
using OneStop.Domain.Supervision;

namespace OneStop.Silo.City;

/// <summary>The catalogue of a city of the size of Chengdu's (RULES 5): 44 departments, 467 items of every kind, 3,000 steps.</summary>
public static class CityCatalogue
{
    /// <summary>How many items it has.</summary>
    public const int Items = 467;

    /// <summary>How many steps its items have together.</summary>
    public const int Steps = 3_000;

    /// <summary>Makes it; the same seed makes the same.</summary>
    public static TownDefinition Of(int seed)
    {
        var random = new Random(seed);
        var offices = CityNames.Offices;
        var plans = Enumerable.Range(0, Items).Select(i => Plan(offices[i % offices.Length], i, random)).ToArray();
        Even(plans, random);
        var processes = ImmutableArray.CreateBuilder<ProcessSource>();
        var items = plans.Select(plan => Item(plan, random, processes)).ToImmutableArray();
        return new TownDefinition(
            new RegionDefinition("510100", new LocalizedText("示范市", "Sample City")),
            [.. offices.Select(o => new DepartmentDefinition(o.Code, o.Name) { Level = o.Level })],
            [.. items.Select(item => Linked(item, items))],
            [])
        {
            Processes = processes.ToImmutable(),
            Rules = [TimeRule.Default, TimeRule.Complaint],
        };
    }

    // Each department goes on in the list of actions where the one before stopped, so that every kind comes as often.
    private static ItemPlan Plan(CityOffice office, int index, Random random)
    {
        var (row, place) = (index / CityNames.Offices.Length, index % CityNames.Offices.Length);
        var action = CityNames.Actions[((place * 11) + row) % CityNames.Actions.Length];
        var (fewest, most) = CityCourse.StepsOf(action.Kind);
        return new(office, action) { Steps = random.Next(fewest, Math.Min(most, fewest + 5) + 1) };
    }

    private static void Even(ItemPlan[] plans, Random random)
    {
        for (var missing = Steps - plans.Sum(p => p.Steps); missing != 0;)
        {
            var plan = plans[random.Next(plans.Length)];
            var (fewest, most) = CityCourse.StepsOf(plan.Action.Kind);
            var next = plan.Steps + Math.Sign(missing);
            if (next < fewest || next > most) continue;
            plan.Steps = next;
            missing -= Math.Sign(missing);
        }
    }

    private static ItemDefinition Item(ItemPlan plan, Random random, ImmutableArray<ProcessSource>.Builder processes)
    {
        var (office, action) = (plan.Office, plan.Action);
        var code = $"{office.Code}-{action.Code}";
        var name = new LocalizedText(office.Subject.Zh + action.Name.Zh, $"{office.Subject.En}: {action.Name.En}");
        var course = new CityCourse(random, office, action.Kind);
        BpmnProcess? process = null;
        if (CityCourse.HasProcess(action.Kind))
        {
            processes.Add(CityDrawing.Of(code, name, office.Code, course.Parts(plan.Steps)));
            process = BpmnProcess.Read(code, processes[^1].Bpmn);
        }

        var steps = process?.Steps ?? course.Stages(plan.Steps);
        var asks = action.Kind is ItemKind.Complaint or ItemKind.Consultation or ItemKind.Mailbox or ItemKind.Rectification;
        var promise = Math.Max(3, DaysOf(steps)) + random.Next(0, 4);
        return new ItemDefinition
        {
            Code = code,
            Name = name,
            Department = office.Code,
            Kind = action.Kind,
            LegalBasis = "行政许可法",
            StatutoryLimit = new WorkingDays(asks || action.Kind == ItemKind.Reported ? promise + 5 : promise + random.Next(2, 16)),
            CommittedLimit = asks || action.Kind is ItemKind.Instant or ItemKind.Reported ? null : new WorkingDays(promise),
            Steps = steps,
            Process = process?.Process,
            Materials = asks ? [] : [new MaterialDefinition { Zh = "身份证明", En = "Proof of identity" }, new MaterialDefinition { Zh = "申请表", En = "Application form" }],
            ExtensionWorkingDays = asks || action.Kind == ItemKind.Reported ? 0 : action.Kind == ItemKind.Joint ? 15 : 10,
            TimeRule = asks ? TimeRule.Complaint : TimeRule.Default,
        };
    }

    // Enough for all of them one after the other: no way through the item is longer.
    private static int DaysOf(ImmutableArray<StepDefinition> steps)
    {
        const int hoursOfADay = 6;
        var hours = steps.Sum(s => s.Limit is WorkingDays days ? days.Days * hoursOfADay : ((WorkingHours)s.Limit!).Hours);
        return (hours + hoursOfADay - 1) / hoursOfADay;
    }

    // A qualification and an annual inspection follow on the licence of the same department.
    private static ItemDefinition Linked(ItemDefinition item, ImmutableArray<ItemDefinition> items)
    {
        var licence = items.FirstOrDefault(i => i.Code == item.Department + "-licence");
        if (licence is null) return item;
        if (item.Code is var code && (code == item.Department + "-qualification" || code == item.Department + "-inspection"))
            return item with { PreApprovals = [licence.Code] };
        return item != licence ? item : item with
        {
            PostApprovals = [.. items.Where(i => i.Code == item.Department + "-qualification" || i.Code == item.Department + "-inspection").Select(i => i.Code)],
        };
    }

    private sealed class ItemPlan(CityOffice office, CityAction action)
    {
        public CityOffice Office => office;

        public CityAction Action => action;

        public int Steps { get; set; }
    }
}
