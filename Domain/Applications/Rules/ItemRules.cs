using System.Collections.Immutable;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Applications;

/// <summary>A case becomes one of another item (A5), or goes on under another version of its own (A1).</summary>
internal static class ItemRules
{
    private static readonly ApplicationStatus[] Convertible =
        [ApplicationStatus.Received, ApplicationStatus.Correcting, ApplicationStatus.Accepted, ApplicationStatus.Handling];

    public static OneStopException? Convert(Deliberation d, ConvertApplication command)
    {
        if (!d.MayTakeIn())
            return Permissions.Refused("clerks and the staff of a department involved");
        if (!Convertible.Contains(d.State.Status) || d.State.IsReported)
            return d.WrongState("received, correcting, accepted or handling");
        var faults = Faults(d, command.Item);
        if (command.Item.Code == d.State.Item!.Code)
            faults = faults.Add(new("/item", "same-item", "The application is one of this item already."));
        if (string.IsNullOrWhiteSpace(command.ReasonReference))
            faults = faults.Add(new("/reason", "required", "Say why the application is one of another item."));
        if (!faults.IsEmpty)
            return Refusals.Validation(faults.AsSpan());
        d.Record(new ApplicationConverted(d.At, d.By, command.Item, command.FormAnswers, command.ReasonReference!));
        if (d.State.Status == ApplicationStatus.Accepted)
            StepRules.Begin(d, d.By, d.At);
        return null;
    }

    public static OneStopException? Migrate(Deliberation d, MigrateApplication command)
    {
        if (!d.Actor.Is(Role.Admin) && !d.Actor.Is(Role.System))
            return Permissions.Refused("administrators");
        if ((!Convertible.Contains(d.State.Status) && d.State.Status != ApplicationStatus.Suspended) || d.State.IsReported)
            return d.WrongState("undecided");
        if (command.Item.Version == d.State.Item!.Version)
            return Refusals.Conflict("same-version", $"The application runs under version {command.Item.Version} already.");
        var faults = Faults(d, command.Item);
        if (command.Item.Code != d.State.Item.Code)
            faults = faults.Add(new("/item", "other-item", "Only versions of one item follow one another; convert the application instead."));
        var plan = Migration.Plan(d.State, command.Item, command.FormAnswers);
        faults = faults.AddRange(plan.Faults);
        if (!faults.IsEmpty)
            return Refusals.Validation(faults.AsSpan());
        d.Record(new ApplicationMigrated(d.At, d.By, command.Item, command.FormAnswers, plan.Opened, plan.TakenBack, command.Item.Process is null ? [] : plan.Tokens));
        return null;
    }

    private static ImmutableArray<Fault> Faults(Deliberation d, ItemDefinition item)
    {
        if (item.Kind == ItemKind.Reported)
            return [new("/item", "wrong-kind", "Cases of this item are run by an outside system.")];
        return item.Calendar == d.Calendar.Code ? [] : [new("/item", "wrong-calendar", $"The item counts by calendar {item.Calendar}.")];
    }
}
