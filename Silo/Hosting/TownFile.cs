using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Catalogue;

namespace OneStop.Silo.Hosting;

/// <summary>A file with a town's definition.</summary>
internal static class TownFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="town">The definition; null when there are faults.</param>
    /// <returns>Every fault, each as a line with its place; empty when there is none.</returns>
    public static ImmutableArray<string> Read(string path, out TownDefinition? town)
    {
        town = null;
        try
        {
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
