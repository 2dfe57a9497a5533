using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Applications;

/// <summary>Who may do what to a case.</summary>
internal static class Permissions
{
    /// <summary>Clerks, and handlers and heads of a department involved.</summary>
    public static bool MayTakeIn(this Deliberation d) => d.Actor.Is(Role.Clerk) || d.MayWork();

    /// <summary>Handlers and heads of a department involved.</summary>
    public static bool MayWork(this Deliberation d) =>
        d.State.Item is { } item && item.Involves(d.Actor.Department) && d.Actor.Works(d.Actor.Department!);

    /// <summary>Those of a step's department who have its role.</summary>
    public static bool MayDo(this Actor actor, StepDefinition step) => step.Role switch
    {
        StepRole.Head => actor.Heads(step.Department),
        StepRole.Handler => actor.Works(step.Department),
        StepRole.Clerk => actor.Works(step.Department) || (actor.Department == step.Department && actor.Is(Role.Clerk)),
        _ => false,
    };

    public static OneStopException Refused(string who) => Refusals.NotAllowed($"Only {who} may do this.");

    public static OneStopException WrongState(this Deliberation d, string wanted) =>
        Refusals.WrongState($"The application is {CamelCase.Of(d.State.Status)}; it must be {wanted} for this.");

    public static OneStopException Required(string pointer, string message) => Refusals.Validation(pointer, "required", message);
}
