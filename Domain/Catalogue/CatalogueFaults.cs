using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Forms;

namespace OneStop.Domain.Catalogue;

/// <summary>The faults found while a catalogue is read.</summary>
internal sealed class CatalogueFaults
{
    private readonly List<CatalogueFault> found = [];

    /// <summary>Every fault once, by file.</summary>
    public ImmutableArray<CatalogueFault> All => [.. found.Distinct().OrderBy(f => f.File, StringComparer.Ordinal)];

    public void Add(string file, string place, string code, string message) => found.Add(new(file, place, code, message));

    /// <summary>Reads a file's JSON; null with a fault where it cannot be read.</summary>
    public T? Parse<T>(string path, string text)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (Hole(document.RootElement, "") is { } hole)
            {
                Add(path, hole, "malformed", "No list has holes.");
                return null;
            }

            var value = document.Deserialize<T>(CatalogueFiles.Options);
            if (value is null)
                Add(path, "", "required", "There is nothing in it.");
            return value;
        }
        catch (JsonException e)
        {
            Add(path, Pointer(e.Path), "malformed", e.Message);
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or ArgumentException)
        {
            Add(path, "", "malformed", e.Message);
            return null;
        }
    }

    private static string? Hole(JsonElement value, string pointer) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(m => Hole(m.Value, Texts.Below(pointer, m.Name))).FirstOrDefault(hole => hole is not null),
        JsonValueKind.Array => value.EnumerateArray()
            .Select((e, i) => e.ValueKind == JsonValueKind.Null ? $"{pointer}/{i}" : Hole(e, $"{pointer}/{i}")).FirstOrDefault(hole => hole is not null),
        _ => null,
    };

    private static string Pointer(string? path) =>
        (path ?? "").TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
}
