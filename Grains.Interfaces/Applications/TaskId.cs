using OneStop.Domain;

namespace OneStop.Grains.Interfaces.Applications;

/// <summary>A task's id: the case's number and the step's id.</summary>
public static class TaskId
{
    /// <summary>The id of a case's step.</summary>
    public static string Of(string application, string step) => $"{application}.{step}";

    /// <summary>The case and the step of a task.</summary>
    /// <exception cref="OneStopException"><c>unknown-task</c>.</exception>
    public static (string Application, string Step) Parse(string id)
    {
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < id.Length - 1 ? (id[..dot], id[(dot + 1)..]) : throw Refusals.Unknown("task", id);
    }
}
