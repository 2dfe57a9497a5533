using System.Globalization;
using OneStop.Journal.Reading;
using OneStop.Journal.Vault;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Files;

/// <summary>Reads files and their parts.</summary>
internal sealed class FileParts(JournalReader reader, DocumentVault vault)
{
    /// <summary>Where the vault takes a part to be: one that is moved to another place does not open.</summary>
    public static string IdOf(string upload, int part) => string.Create(CultureInfo.InvariantCulture, $"file/{upload}/{part}");

    /// <summary>A subject's file by its hash, without parts when it was erased; null when there never was one.</summary>
    public ValueTask<StoredFile?> FindAsync(string subject, string sha256, CancellationToken cancellationToken) =>
        reader.ReadAsync(FileSql.Find, [subject, sha256], async found =>
            await found.ReadAsync(cancellationToken) ? new StoredFile(found.GetInt64(0), (int)found.GetInt64(1)) : null, cancellationToken);

    /// <summary>A part; null when it is not there.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It or its key was changed or moved.</exception>
    public async ValueTask<byte[]?> ReadAsync(string subject, string sha256, int part, CancellationToken cancellationToken)
    {
        var found = await reader.ReadAsync<(SealedDocument Part, WrappedKey Key)?>(FileSql.Part, [subject, sha256, (long)part], async row =>
            await row.ReadAsync(cancellationToken)
                ? (new SealedDocument(subject, IdOf(row.GetString(0), part), row.Bytes(1), row.Bytes(2)), new WrappedKey(subject, row.Bytes(3)))
                : null,
            cancellationToken);
        return found is { } there ? vault.Open(there.Key, there.Part) : null;
    }
}
