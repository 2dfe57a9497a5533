using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Catalogue;

namespace OneStop.Silo.Hosting;

/// <summary>A town's definition in one file, or in a folder, see <see cref="CatalogueFolder"/>.</summary>
internal static class TownFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads it.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="town">The definition; null when there are faults.</param>
    /// <returns>Every fault, each as a line with its place; empty when there is none.</returns>
    public static ImmutableArray<string> Read(string path, out TownDefinition? town)
    {
        town = null;
        try
        {
            if (Directory.Exists(path)) return CatalogueFolder.Read(path, out town);
            using var file = File.OpenRead(path);
            var read = JsonSerializer.Deserialize<TownDefinition>(file, Options);
            if (read is null) return [$"{path}: there is no definition in it."];
            var faults = TownInspection.Faults(read);
            if (faults.IsEmpty) town = read;
            return [.. faults.Select(fault => $"{path} {fault.Pointer}: {fault.Code}: {fault.Message}")];
        }
        catch (JsonException e)
        {
            return [$"{path} line {e.LineNumber + 1}: {e.Message}"];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [$"{path}: {e.Message}"];
        }
    }
}
