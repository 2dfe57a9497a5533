using System.Collections.Immutable;
using OneStop.Journal.Vault;

namespace OneStop.Journal.Files;

/// <summary>A statement that either store runs as it is; its parameters appear in it in their order.</summary>
internal readonly record struct FileStatement(string Sql, params ImmutableArray<object> Arguments);

/// <summary>
/// The statements about files. An upload is a row without a hash; sealed, it has one; erased, it has a hash and no parts, so
/// that an event that refers to it still tells an erased file from a lost one.
/// </summary>
internal static class FileSql
{
    public const string Find = "SELECT size, parts FROM files WHERE subject = $1 AND sha256 = $2";

    public const string Part = """
        SELECT f.file, p.nonce, p.ciphertext, k.wrapped_key FROM files f
        JOIN file_parts p ON p.file = f.file JOIN subject_keys k ON k.subject = f.subject
        WHERE f.subject = $1 AND f.sha256 = $2 AND p.part = $3
        """;

    public const string AnyForgotten = "SELECT 1 FROM files WHERE sha256 IS NULL AND at < $1 LIMIT 1";

    // Of an upload that was erased meanwhile nothing is kept: its later parts find no row.
    public static ImmutableArray<FileStatement> Put(string subject, string upload, int part, long at, byte[] nonce, byte[] ciphertext)
    {
        var keep = new FileStatement(
            """
            INSERT INTO file_parts (file, part, nonce, ciphertext)
            SELECT $1, $2, $3, $4 WHERE EXISTS (SELECT 1 FROM files WHERE file = $1 AND sha256 IS NULL)
            ON CONFLICT (file, part) DO UPDATE SET nonce = excluded.nonce, ciphertext = excluded.ciphertext
            """,
            upload, (long)part, nonce, ciphertext);
        return part > 0
            ? [keep]
            : [new("INSERT INTO files (file, subject, size, parts, at) VALUES ($1, $2, 0, 0, $3) ON CONFLICT (file) DO NOTHING", upload, subject, at), keep];
    }

    public static ImmutableArray<FileStatement> Seal(FileSeal seal) =>
    [
        new("DELETE FROM files WHERE subject = $1 AND sha256 = $2 AND parts = 0", seal.Subject, seal.Sha256),
        new(
            """
            UPDATE files SET sha256 = $1, size = $2, parts = $3 WHERE file = $4 AND subject = $5 AND sha256 IS NULL
                AND (SELECT COUNT(*) FROM file_parts p WHERE p.file = $4) = $3
                AND (SELECT SUM(LENGTH(p.ciphertext)) FROM file_parts p WHERE p.file = $4) = $6
                AND NOT EXISTS (SELECT 1 FROM files kept WHERE kept.subject = $5 AND kept.sha256 = $1)
            """,
            seal.Sha256, seal.Size, (long)seal.Parts, seal.Upload, seal.Subject, seal.Size + (DocumentVault.Overhead * seal.Parts)),
        .. Drop(seal.Upload),
    ];

    public static ImmutableArray<FileStatement> Drop(string upload) =>
    [
        new("DELETE FROM file_parts WHERE file IN (SELECT file FROM files WHERE file = $1 AND sha256 IS NULL)", upload),
        new("DELETE FROM files WHERE file = $1 AND sha256 IS NULL", upload),
    ];

    public static ImmutableArray<FileStatement> Forget(long before) =>
    [
        new("DELETE FROM file_parts WHERE file IN (SELECT file FROM files WHERE sha256 IS NULL AND at < $1)", before),
        new("DELETE FROM files WHERE sha256 IS NULL AND at < $1", before),
    ];

    // The key first: its lock waits for a part that is being written under it, which is then seen and removed.
    public static ImmutableArray<FileStatement> Erase(string subject) =>
    [
        new("DELETE FROM subject_keys WHERE subject = $1", subject),
        new("DELETE FROM file_parts WHERE file IN (SELECT file FROM files WHERE subject = $1)", subject),
        new("DELETE FROM files WHERE subject = $1 AND sha256 IS NULL", subject),
        new("UPDATE files SET parts = 0 WHERE subject = $1", subject),
    ];
}
