namespace OneStop.Domain.Catalogue;

/// <summary>A fault of a catalogue.</summary>
/// <param name="File">Path of the file within the catalogue.</param>
/// <param name="Place">JSON pointer, or id of the BPMN element; empty for the whole file.</param>
/// <param name="Code">Stable kebab-case code.</param>
/// <param name="Message">What is wrong, in plain words.</param>
public sealed record CatalogueFault(string File, string Place, string Code, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}{(Place.Length > 0 ? " " + Place : "")}: {Code}: {Message}";
}
