namespace OneStop.Domain.Applications;

/// <summary>What of a case may leave the record as a file of its own (A17).</summary>
public static class ExportRules
{
    /// <summary>Why a case is not exported; null when it may be. What is archived changes no more, so that its export stays true.</summary>
    public static OneStopException? MayExport(ApplicationState state) =>
        state.ArchivedAt is null ? Refusals.Conflict("not-archived", "Only an archived case is exported.") : null;
}
