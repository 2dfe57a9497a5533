using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OneStop.Journal.Backup;

/// <summary>What a column of a backup holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BackupType>))]
internal enum BackupType
{
    Text,
    Integer,
    Boolean,
    Real,
    Blob,
}

/// <summary>A column of a table in a backup.</summary>
internal sealed record BackupColumn(string Name, BackupType Type);

/// <summary>A table in a backup. The first columns, by which its rows are ordered, are its key.</summary>
internal sealed record BackupTable(string Name, int KeyColumns, ImmutableArray<BackupColumn> Columns)
{
    private const int SchemaOfFiles = 2;

    /// <summary>The journal's own tables.</summary>
    public static ImmutableArray<BackupTable> Own { get; } =
    [
        Table("streams", 1, "stream", "head:i", "hash:b", "snapshot:b", "snapshot_seq:i"),
        Table("events", 2, "stream", "seq:i", "at:i", "actor", "type", "data:b", "hash:b"),
        Table("wakeups", 1, "stream", "shard:i", "due_at:i"),
        Table("commands", 2, "caller", "id", "body_hash:b", "at:i", "answer:b"),
        Table("subject_keys", 1, "subject", "wrapped_key:b"),
        Table("documents", 2, "subject", "id", "nonce:b", "ciphertext:b"),
        Table("files", 1, "file", "subject", "sha256", "size:i", "parts:i", "at:i") with { Since = SchemaOfFiles },
        Table("file_parts", 2, "file", "part:i", "nonce:b", "ciphertext:b") with { Since = SchemaOfFiles },
    ];

    /// <summary>The schema that brought it.</summary>
    [JsonIgnore]
    public int Since { get; private init; } = 1;

    [JsonIgnore]
    public string ColumnList => string.Join(", ", Columns.Select(static column => $"\"{column.Name}\""));

    /// <summary>The journal's own tables, as a program of this schema has them.</summary>
    public static IEnumerable<BackupTable> OwnAt(long schema) => Own.Where(table => table.Since <= schema);

    /// <summary>A read-model table.</summary>
    public static BackupTable Of(TableSchema table) => new(table.Name, table.KeyColumns, [.. table.Columns.Select(static column => new BackupColumn(
        column.Name,
        column.Type switch
        {
            ColumnType.Text => BackupType.Text,
            ColumnType.Integer => BackupType.Integer,
            ColumnType.Boolean => BackupType.Boolean,
            _ => BackupType.Real,
        }))]);

    private static BackupTable Table(string name, int keyColumns, params ReadOnlySpan<string> columns)
    {
        var made = ImmutableArray.CreateBuilder<BackupColumn>(columns.Length);
        foreach (var column in columns)
        {
            made.Add(column.Split(':') switch
            {
                [var plain] => new BackupColumn(plain, BackupType.Text),
                [var integer, "i"] => new BackupColumn(integer, BackupType.Integer),
                [var blob, _] => new BackupColumn(blob, BackupType.Blob),
                _ => throw new ArgumentException(column, nameof(columns)),
            });
        }

        return new BackupTable(name, keyColumns, made.ToImmutable());
    }
}
