namespace OneStop.Domain;

/// <summary>The refusals that several rules share, each with its stable code.</summary>
public static class Refusals
{
    /// <summary>Faults in the input, all at once.</summary>
    public static OneStopException Validation(params ReadOnlySpan<Fault> faults) =>
        new(RefusalKind.Invalid, "validation", "Some values are missing or wrong; see errors.") { Faults = [.. faults] };

    /// <summary>One fault at one place.</summary>
    public static OneStopException Validation(string pointer, string code, string message) =>
        Validation(new Fault(pointer, code, message));

    /// <summary>The thing is in a state that does not permit this.</summary>
    public static OneStopException WrongState(string message) => new(RefusalKind.WrongState, "wrong-state", message);

    /// <summary>The person may not do this.</summary>
    public static OneStopException NotAllowed(string message) => new(RefusalKind.NotAllowed, "not-allowed", message);

    /// <summary>There is no such thing.</summary>
    /// <param name="what">Kind of thing, as in the code: <c>item</c>, <c>hall</c>, <c>ticket</c>...</param>
    /// <param name="id">What was asked for.</param>
    public static OneStopException Unknown(string what, string id) =>
        new(RefusalKind.Unknown, "unknown-" + what, $"There is no {what} '{id}'.");

    /// <summary>A conflict with its own code.</summary>
    public static OneStopException Conflict(string code, string message) => new(RefusalKind.WrongState, code, message);
}
