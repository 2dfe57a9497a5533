using System.Collections.Immutable;

namespace OneStop.Journal.Schema;

/// <summary>The journal's own tables, step by step. A step that has been released is never changed: add the next one.</summary>
internal static class Migrations
{
    /// <summary>The statements of each step; the first step is number 1.</summary>
    public static ImmutableArray<Func<SqlDialect, ImmutableArray<string>>> Steps { get; } = [First, Files];

    /// <summary>What records the steps that were taken.</summary>
    public static string VersionTable(SqlDialect sql) =>
        $"CREATE TABLE IF NOT EXISTS schema_version (version {sql.Integer} NOT NULL PRIMARY KEY, at {sql.Integer} NOT NULL)";

    private static ImmutableArray<string> First(SqlDialect sql) =>
    [
        $"""
        CREATE TABLE streams (stream {sql.Text} NOT NULL PRIMARY KEY, head {sql.Integer} NOT NULL, hash {sql.Blob} NOT NULL,
            snapshot {sql.Blob}, snapshot_seq {sql.Integer} NOT NULL DEFAULT 0){sql.ChangedInPlace}
        """,
        $"""
        CREATE TABLE events (stream {sql.Text} NOT NULL, seq {sql.Integer} NOT NULL, at {sql.Integer} NOT NULL, actor {sql.Text} NOT NULL,
            type {sql.Text} NOT NULL, data {sql.Blob} NOT NULL, hash {sql.Blob} NOT NULL, PRIMARY KEY (stream, seq))
        """,
        $"""
        CREATE TABLE wakeups (stream {sql.Text} NOT NULL PRIMARY KEY, shard {sql.Integer} NOT NULL,
            due_at {sql.Integer} NOT NULL){sql.ChangedInPlace}
        """,
        "CREATE INDEX wakeups_due ON wakeups (shard, due_at)",
        $"""
        CREATE TABLE commands (caller {sql.Text} NOT NULL, id {sql.Text} NOT NULL, body_hash {sql.Blob} NOT NULL, at {sql.Integer} NOT NULL,
            answer {sql.Blob} NOT NULL, PRIMARY KEY (caller, id))
        """,
        "CREATE INDEX commands_at ON commands (at)",
        $"CREATE TABLE subject_keys (subject {sql.Text} NOT NULL PRIMARY KEY, wrapped_key {sql.Blob} NOT NULL)",
        $"""
        CREATE TABLE documents (subject {sql.Text} NOT NULL, id {sql.Text} NOT NULL, nonce {sql.Blob} NOT NULL, ciphertext {sql.Blob} NOT NULL,
            PRIMARY KEY (subject, id))
        """,
    ];

    private static ImmutableArray<string> Files(SqlDialect sql) =>
    [
        $"""
        CREATE TABLE files (file {sql.Text} NOT NULL PRIMARY KEY, subject {sql.Text} NOT NULL, sha256 {sql.Text}, size {sql.Integer} NOT NULL,
            parts {sql.Integer} NOT NULL, at {sql.Integer} NOT NULL)
        """,
        "CREATE UNIQUE INDEX files_content ON files (subject, sha256)",
        "CREATE INDEX files_unsealed ON files (at) WHERE sha256 IS NULL",
        $"""
        CREATE TABLE file_parts (file {sql.Text} NOT NULL, part {sql.Integer} NOT NULL, nonce {sql.Blob} NOT NULL, ciphertext {sql.Blob} NOT NULL,
            PRIMARY KEY (file, part))
        """,
    ];
}
