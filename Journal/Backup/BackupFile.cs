using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OneStop.Journal.Backup;

/// <summary>
/// A backup's file: a ZIP archive with <c>manifest.json</c> and the tables, any tool can look into it. Its comment, which
/// is the file's very end, carries the SHA-256 of the whole file with zeros in that place.
/// </summary>
internal sealed class BackupFile : IDisposable
{
    private const string ManifestEntry = "manifest.json";
    private const int DigestCharacters = SHA256.HashSizeInBytes * 2;

    private static readonly string NoDigest = new('0', DigestCharacters);

    private readonly ZipArchive archive;

    private BackupFile(ZipArchive archive, BackupManifest manifest, string sha256) =>
        (this.archive, Manifest, Summary) = (archive, manifest, SummaryOf(manifest, sha256));

    public BackupManifest Manifest { get; }

    public BackupSummary Summary { get; }

    /// <summary>Writes a backup: the caller fills in the tables.</summary>
    public static async ValueTask<BackupSummary> WriteAsync(Stream file, Func<ZipArchive, ValueTask<BackupManifest>> fill, CancellationToken cancellationToken)
    {
        BackupManifest manifest;
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.Comment = NoDigest;
            manifest = await fill(archive);
            await using var entry = await archive.CreateEntry(ManifestEntry).OpenAsync(cancellationToken);
            await JsonSerializer.SerializeAsync(entry, manifest, BackupManifest.Json, cancellationToken);
        }

        var digest = await DigestAsync(file, cancellationToken);
        file.Position = file.Length - DigestCharacters;
        await file.WriteAsync(Encoding.ASCII.GetBytes(digest), cancellationToken);
        return SummaryOf(manifest, digest);
    }

    public static string EntryOf(BackupTable table) => $"tables/{table.Name}.jsonl";

    /// <summary>Opens a backup and looks at every byte of it.</summary>
    /// <exception cref="BackupException">It is no backup, damaged, or written by a newer program.</exception>
    public static async ValueTask<BackupFile> OpenAsync(Stream file, CancellationToken cancellationToken)
    {
        if (file.Length < DigestCharacters || await CarriedAsync(file, cancellationToken) is var carried && carried != await DigestAsync(file, cancellationToken))
            throw new BackupException("The file is damaged, cut short or no backup: its SHA-256 is not the one it carries.");
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            await using var entry = await (archive.GetEntry(ManifestEntry) ?? throw new InvalidDataException("There is no manifest.")).OpenAsync(cancellationToken);
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(entry, BackupManifest.Json, cancellationToken)
                ?? throw new InvalidDataException("The manifest is empty.");
            if (manifest.Format > BackupManifest.ThisFormat)
                throw new BackupException("The backup was written by a newer program; restore it with one at least as new.");
            return new BackupFile(archive, manifest, carried);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            archive?.Dispose();
            throw new BackupException($"The file is no backup: {e.Message}", e);
        }
    }

    /// <summary>Hands a table's rows on, and checks that they are all there and as they were written.</summary>
    /// <exception cref="BackupException">They are not.</exception>
    public async ValueTask ReadAsync(BackupContent content, Func<IAsyncEnumerable<object?[]>, ValueTask<long>> load)
    {
        try
        {
            using var hash = SHA256.Create();
            long rows;
            await using (var entry = await (archive.GetEntry(EntryOf(content.Table)) ?? throw new InvalidDataException("It is missing.")).OpenAsync())
            await using (var hashing = new CryptoStream(entry, hash, CryptoStreamMode.Read))
                rows = await load(BackupRows.ReadAsync(content.Table, hashing));
            if (rows != content.Rows || Convert.ToHexStringLower(hash.Hash!) != content.Sha256)
                throw new InvalidDataException("Its rows are not those of the manifest.");
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or DecoderFallbackException or FormatException)
        {
            throw new BackupException($"Table {content.Table.Name} of the backup cannot be read: {e.Message}", e);
        }
    }

    public void Dispose() => archive.Dispose();

    private static BackupSummary SummaryOf(BackupManifest manifest, string sha256) =>
        new(manifest.TakenAt, manifest.Streams, manifest.Events, manifest.Tables.Sum(static table => table.Rows), sha256);

    private static async ValueTask<string> CarriedAsync(Stream file, CancellationToken cancellationToken)
    {
        var end = new byte[DigestCharacters];
        file.Position = file.Length - DigestCharacters;
        await file.ReadExactlyAsync(end, cancellationToken);
        return Encoding.Latin1.GetString(end);
    }

    private static async ValueTask<string> DigestAsync(Stream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        file.Position = 0;
        for (var left = file.Length - DigestCharacters; left > 0;)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (read == 0)
                break;
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        hash.AppendData(Encoding.ASCII.GetBytes(NoDigest));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
