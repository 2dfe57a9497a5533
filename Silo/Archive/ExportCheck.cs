using System.Text;
using System.Text.Json;
using OneStop.Grains.Interfaces.Archive;
using OneStop.Journal.Integrity;
using OneStop.Silo.Hosting;

namespace OneStop.Silo.Archive;

/// <summary>Checks the file of an archived case by what stands in it.</summary>
internal static class ExportCheck
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads an export.</summary>
    /// <exception cref="StartException">It is none.</exception>
    public static CaseExport Read(string file)
    {
        try
        {
            var export = JsonSerializer.Deserialize<CaseExport>(File.ReadAllBytes(file), Options);
            return export is { Format: CaseExport.CurrentFormat, Events: { IsDefaultOrEmpty: false } }
                ? export
                : throw new StartException($"{file} is no export of a case in the form {CaseExport.CurrentFormat}.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{file} is no export of a case: {e.Message}");
        }
    }

    /// <summary>Where its chain is broken; nothing when it is whole.</summary>
    public static IEnumerable<string> Faults(CaseExport export)
    {
        var (hash, seq) = (new byte[32], 0L);
        foreach (var e in export.Events)
        {
            if (e.Seq != ++seq)
                yield return $"{export.Stream} {e.Seq}: number {seq} should stand here; events are missing or out of their place";
            hash = HashChain.Next(hash, export.Stream, e.Seq, e.At, e.Actor, e.Type, Encoding.UTF8.GetBytes(e.Data));
            if (Convert.ToHexStringLower(hash) != e.Hash)
                yield return $"{export.Stream} {e.Seq}: does not have the hash that its content and the event before it give";
        }

        if (export.Hash != export.Events[^1].Hash)
            yield return $"{export.Stream} {seq}: is the last event, but the hash of the export is another";
    }
}
