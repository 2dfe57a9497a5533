using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Vault;

/// <summary>
/// Seals personal data with AES-256-GCM under a random key of its subject, which is itself sealed with the master key.
/// Without its key a document is noise: destroying the key erases it, in backups too once they no longer hold the key.
/// </summary>
internal sealed class DocumentVault
{
    /// <summary>How many bytes a ciphertext is longer than what it hides.</summary>
    public const int Overhead = TagSize;

    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _masterKey;

    public DocumentVault(byte[] masterKey)
    {
        if (masterKey is not { Length: KeySize })
        {
            throw new ArgumentException(
                $"The master key has {KeySize} bytes: make it with a cryptographic random generator and keep it outside the database.",
                nameof(masterKey));
        }

        _masterKey = [.. masterKey];
    }

    /// <summary>A new random key for a subject, sealed with the master key.</summary>
    public WrappedKey NewKey(string subject)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        try
        {
            var nonce = RandomNumberGenerator.GetBytes(NonceSize);
            return new WrappedKey(subject, [.. nonce, .. Encrypt(_masterKey, nonce, key, Context(subject))]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public SealedDocument Seal(WrappedKey wrapped, Document document)
    {
        var key = Unwrap(wrapped);
        try
        {
            var nonce = RandomNumberGenerator.GetBytes(NonceSize);
            var ciphertext = Encrypt(key, nonce, document.Content, Context(document.Subject, document.Id));
            return new SealedDocument(document.Subject, document.Id, nonce, ciphertext);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <exception cref="CryptographicException">The document, its place or its key was changed, or the master key is another one.</exception>
    public byte[] Open(WrappedKey wrapped, SealedDocument document)
    {
        var key = Unwrap(wrapped);
        try
        {
            return Decrypt(key, document.Nonce, document.Ciphertext, Context(document.Subject, document.Id));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Whether this master key sealed the key.</summary>
    /// <exception cref="CryptographicException">It did not.</exception>
    public void Check(WrappedKey wrapped) => CryptographicOperations.ZeroMemory(Unwrap(wrapped));

    private byte[] Unwrap(WrappedKey wrapped) =>
        Decrypt(_masterKey, wrapped.Key.AsSpan(0, NonceSize), wrapped.Key.AsSpan(NonceSize), Context(wrapped.Subject));

    private static byte[] Encrypt(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        using var aes = new AesGcm(key, TagSize);
        var result = new byte[plain.Length + TagSize];
        aes.Encrypt(nonce, plain, result.AsSpan(0, plain.Length), result.AsSpan(plain.Length), context);
        return result;
    }

    private static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> context)
    {
        using var aes = new AesGcm(key, TagSize);
        var plain = new byte[cipher.Length - TagSize];
        aes.Decrypt(nonce, cipher[..^TagSize], cipher[^TagSize..], plain, context);
        return plain;
    }

    // Ties a ciphertext to its place: one moved to another subject or id does not open.
    private static byte[] Context(params ReadOnlySpan<string> parts)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }

        return bytes.ToArray();
    }
}
