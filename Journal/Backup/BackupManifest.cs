using System.Collections.Immutable;
using System.Text.Json;

namespace OneStop.Journal.Backup;

/// <summary>What a backup holds.</summary>
/// <param name="Format">Version of the file's form.</param>
/// <param name="TakenAt">The instant of the record that it shows.</param>
/// <param name="Store">The store that it was taken from; it can be restored into either.</param>
/// <param name="SchemaVersion">Version of the journal's own tables.</param>
/// <param name="Streams">How many streams there are.</param>
/// <param name="Events">How many events there are.</param>
/// <param name="Tables">Each table with its rows and their SHA-256.</param>
internal sealed record BackupManifest(
    int Format, DateTimeOffset TakenAt, string Store, long SchemaVersion, long Streams, long Events, ImmutableArray<BackupContent> Tables)
{
    public const int ThisFormat = 1;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };
}

/// <summary>A table's content: its rows in the order of its key, each a line of JSON.</summary>
internal sealed record BackupContent(BackupTable Table, long Rows, string Sha256);

/// <summary>A backup, as it is told to people.</summary>
/// <param name="TakenAt">The instant of the record that it shows.</param>
/// <param name="Streams">How many streams there are.</param>
/// <param name="Events">How many events there are.</param>
/// <param name="Rows">How many rows there are in all tables.</param>
/// <param name="Sha256">The file's SHA-256 with zeros in place of the one it carries.</param>
public sealed record BackupSummary(DateTimeOffset TakenAt, long Streams, long Events, long Rows, string Sha256);

/// <summary>A backup cannot be taken or restored; the message says why and what to do. Nothing was changed.</summary>
public sealed class BackupException : Exception
{
    /// <summary>Creates it.</summary>
    public BackupException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
