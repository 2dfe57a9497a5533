using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Applications;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Files;

/// <summary>Which events refer to files, for the walk over the record.</summary>
public static class ReferredFiles
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<FileReferences> All { get; } =
    [
        new(EventCodec.NameOf<MaterialAttached>(), static data =>
        {
            var attached = JsonSerializer.Deserialize<MaterialAttached>(data, EventCodec.Json)!;
            return new FileReference(attached.Subject, attached.Sha256, attached.Size);
        }),
    ];
}
