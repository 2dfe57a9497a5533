using System.Collections.Immutable;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Processes;

namespace OneStop.Domain.Catalogue;

/// <summary>Finds every fault of an item definition at once (A1, A2).</summary>
internal static class ItemInspection
{
    public static ImmutableArray<Fault> Faults(ItemDefinition item)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        Required(faults, "/code", item.Code, "An item needs a code.");
        Required(faults, "/department", item.Department, "An item needs a department in charge.");
        Required(faults, "/calendar", item.Calendar, "An item needs a working calendar.");
        Named(faults, "/name", item.Name);
        if (item.Version < 1)
            faults.Add(new("/version", "out-of-range", "Versions begin at 1."));
        Limits(item, faults);
        Elements(item, faults);
        Steps(item, faults);
        foreach (var fault in item.TimeRule.Validate())
            faults.Add(fault with { Pointer = "/timeRule" + fault.Pointer });
        foreach (var fault in item.Retention?.Validate() ?? [])
            faults.Add(fault with { Pointer = "/retention" + fault.Pointer });
        return faults.ToImmutable();
    }

    private static void Limits(ItemDefinition item, ImmutableArray<Fault>.Builder faults)
    {
        Check(faults, "/statutoryLimit", item.StatutoryLimit);
        Check(faults, "/committedLimit", item.CommittedLimit);
        Check(faults, "/acceptanceLimit", item.AcceptanceLimit);
        Check(faults, "/preAcceptanceLimit", item.PreAcceptanceLimit);
        Check(faults, "/deliveryLimit", item.DeliveryLimit);
        if (item.CommittedLimit is { } committed)
        {
            if (LimitLength.Longer([committed], item.StatutoryLimit) is not { } longer)
                faults.Add(new("/committedLimit", "incomparable-limit", "The promise must be in the same unit as the statutory limit."));
            else if (longer)
                faults.Add(new("/committedLimit", "longer-than-statutory", "The promise may not be longer than the statutory limit."));
        }

        var most = item.Kind == ItemKind.Joint ? 15 : 10;
        if (item.ExtensionWorkingDays < 0 || item.ExtensionWorkingDays > most)
            faults.Add(new("/extensionWorkingDays", "out-of-range", $"An extension is 0 to {most} working days (article 42)."));
    }

    private static void Steps(ItemDefinition item, ImmutableArray<Fault>.Builder faults)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < item.Steps.Length; i++)
        {
            var step = item.Steps[i];
            var pointer = $"/steps/{i}";
            Required(faults, pointer + "/id", step.Id, "A step needs an id.");
            Required(faults, pointer + "/department", step.Department, "A step needs a department.");
            Named(faults, pointer + "/name", step.Name);
            Check(faults, pointer + "/limit", step.Limit);
            if (step.Limit is FixedInstant)
                faults.Add(new(pointer + "/limit", "wrong-limit", "A step is limited by a length, not by a fixed instant."));
            if (step.Stage < 1)
                faults.Add(new(pointer + "/stage", "out-of-range", "Stages begin at 1."));
            if (!string.IsNullOrWhiteSpace(step.Id) && !ids.Add(step.Id))
                faults.Add(new(pointer + "/id", "repeated", $"There is another step '{step.Id}'."));
        }

        if (item.Process is { } process)
            Process(item, process, faults);
        Paths(item, faults);
    }

    private static void Process(ItemDefinition item, ProcessDefinition process, ImmutableArray<Fault>.Builder faults)
    {
        foreach (var fault in ProcessInspection.Faults(process))
            faults.Add(new("/process", fault.Code, $"{fault.Pointer}: {fault.Message}"));
        var tasks = process.Nodes.Where(n => n.Kind == NodeKind.Task).Select(n => n.Id).ToHashSet();
        if (!tasks.SetEquals(item.Steps.Select(s => s.Id)))
            faults.Add(new("/steps", "not-the-tasks", "The steps must be the tasks of the process."));
    }

    private static void Elements(ItemDefinition item, ImmutableArray<Fault>.Builder faults)
    {
        for (var i = 0; i < item.Materials.Length; i++)
        {
            Required(faults, $"/materials/{i}/zh", item.Materials[i].Zh, "The Chinese name is missing.");
            Required(faults, $"/materials/{i}/en", item.Materials[i].En, "The English name is missing.");
            if (item.Materials[i].Copies is < 1 or > 100)
                faults.Add(new($"/materials/{i}/copies", "out-of-range", "A material is handed in in 1 to 100 copies."));
        }

        for (var i = 0; i < item.Conditions.Length; i++)
            Named(faults, $"/conditions/{i}", item.Conditions[i]);
        if (item.QuantityLimit is { Number: < 1 })
            faults.Add(new("/quantityLimit/number", "out-of-range", "A quantity limit is at least 1."));
        foreach (var fault in item.Licence?.Faults() ?? [])
            faults.Add(fault with { Pointer = "/licence" + fault.Pointer });
        if (item.Fee is { } fee)
        {
            Required(faults, "/fee/basis", fee.Basis, "A fee names the rule that sets it.");
            Named(faults, "/fee/unit", fee.Unit);
            foreach (var fault in fee.Faults(item))
                faults.Add(fault with { Pointer = "/fee" + fault.Pointer });
        }
    }

    // Of steps side by side the longest counts, of a loop its first round; only a graph without faults has paths.
    private static void Paths(ItemDefinition item, ImmutableArray<Fault>.Builder faults)
    {
        var bound = item.CommittedLimit ?? item.StatutoryLimit;
        if (bound is FixedInstant || faults.Any(f => f.Pointer.StartsWith("/process", StringComparison.Ordinal) || f.Pointer.StartsWith("/steps", StringComparison.Ordinal)))
            return;
        var limits = item.Steps.Where(s => s.Limit is not null and not FixedInstant).ToDictionary(s => s.Id, s => s.Limit!);
        if (limits.Values.Any(limit => LimitLength.Longer([limit], bound) is null))
        {
            faults.Add(new("/steps", "incomparable-limit", "The limits of steps must be in the same unit as the limit of the item."));
            return;
        }

        var longest = ProcessPaths.Longest(item.Graph, id => limits.TryGetValue(id, out var limit) ? LimitLength.Of(limit).Ticks : 0);
        var limited = longest.Where(limits.ContainsKey).ToList();
        if (limited.Count > 0 && LimitLength.Longer([.. limited.Select(id => limits[id])], bound) == true)
            faults.Add(new(
                "/steps",
                "path-too-long",
                $"The steps {string.Join(" → ", limited)} together take longer than the item may{(item.Process is null ? "" : " (a loop counts once)")}."));
    }

    private static void Check(ImmutableArray<Fault>.Builder faults, string pointer, Limit? limit)
    {
        if (limit?.Fault is { } fault)
            faults.Add(new(pointer, "out-of-range", fault));
    }

    private static void Named(ImmutableArray<Fault>.Builder faults, string pointer, LocalizedText? name)
    {
        Required(faults, pointer + "/zh", name?.Zh, "The Chinese name is missing.");
        Required(faults, pointer + "/en", name?.En, "The English name is missing.");
    }

    private static void Required(ImmutableArray<Fault>.Builder faults, string pointer, string? value, string message)
    {
        if (string.IsNullOrWhiteSpace(value))
            faults.Add(new(pointer, "required", message));
    }
}
