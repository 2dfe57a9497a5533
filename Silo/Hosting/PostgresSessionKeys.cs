using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace OneStop.Silo.Hosting;

/// <summary>
/// The keys that protect sessions, in PostgreSQL: a session begun at one process is good at every other. They are
/// sealed with a key derived from the master key, so that a copy of the database signs nobody in.
/// </summary>
internal sealed class PostgresSessionKeys : IXmlRepository, IDisposable
{
    private const string Table = """
        SELECT pg_advisory_xact_lock(hashtextextended('onestop session keys', 0));
        CREATE TABLE IF NOT EXISTS session_keys (name text NOT NULL PRIMARY KEY, sealed bytea NOT NULL, at timestamptz NOT NULL DEFAULT now())
        """;

    private static readonly byte[] Purpose = "OneStop session keys"u8.ToArray();

    private readonly NpgsqlDataSource source;
    private readonly byte[] key;

    private PostgresSessionKeys(NpgsqlDataSource source, byte[] key) => (this.source, this.key) = (source, key);

    /// <summary>Opens them, making their table when it is missing.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached or refuses.</exception>
    /// <exception cref="StartException">They were sealed under another master key.</exception>
    public static async Task<PostgresSessionKeys> OpenAsync(string connection, byte[] masterKey, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 2, ApplicationName = "OneStop.Sessions" };
        var keys = new PostgresSessionKeys(
            NpgsqlDataSource.Create(settings), HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, 32, info: Purpose));
        try
        {
            await using (var open = await keys.source.OpenConnectionAsync(cancellation))
            await using (var transaction = await open.BeginTransactionAsync(cancellation))
            {
                await using var make = new NpgsqlCommand(Table, open, transaction);
                await make.ExecuteNonQueryAsync(cancellation);
                await transaction.CommitAsync(cancellation);
            }

            keys.GetAllElements();
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = source.CreateCommand("SELECT name, sealed FROM session_keys ORDER BY at, name");
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read()) elements.Add(Open(reader.GetString(0), (byte[])reader[1]));
        return elements;
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = source.CreateCommand("INSERT INTO session_keys (name, sealed) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING");
        command.Parameters.Add(new NpgsqlParameter { Value = friendlyName });
        command.Parameters.Add(new NpgsqlParameter { Value = Seal(friendlyName, element) });
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    private byte[] Seal(string name, XElement element)
    {
        var plain = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        var (nonce, tag, cipher) = (RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize), new byte[AesGcm.TagByteSizes.MaxSize], new byte[plain.Length]);
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.UTF8.GetBytes(name));
        return [.. nonce, .. tag, .. cipher];
    }

    private XElement Open(string name, byte[] sealedKey)
    {
        var (nonceSize, tagSize) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var bytes = sealedKey.AsSpan();
        var plain = new byte[bytes.Length - nonceSize - tagSize];
        using var aes = new AesGcm(key, tagSize);
        try
        {
            aes.Decrypt(bytes[..nonceSize], bytes[(nonceSize + tagSize)..], bytes.Slice(nonceSize, tagSize), plain, Encoding.UTF8.GetBytes(name));
        }
        catch (CryptographicException)
        {
            throw new StartException("The session keys in PostgreSQL are sealed with another master key: give every process of the cluster the same one.");
        }

        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
