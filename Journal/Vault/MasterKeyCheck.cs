using System.Security.Cryptography;
using OneStop.Journal.Reading;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Vault;

/// <summary>
/// Opens with the right master key or not at all. The key of a subject without a name is the probe: without it, a
/// wrong master key would only show when somebody's data is needed.
/// </summary>
internal static class MasterKeyCheck
{
    /// <summary>The subject without a name.</summary>
    public const string Probe = "";

    public static async ValueTask RunAsync(IStore store, JournalReader reader, DocumentVault vault, CancellationToken cancellationToken)
    {
        byte[]? probe;
        while ((probe = await FindAsync(reader, cancellationToken)) is null)
            await CreateAsync(store, vault);
        try
        {
            vault.Check(new WrappedKey(Probe, probe));
        }
        catch (CryptographicException e)
        {
            throw new JournalSchemaException(
                "The store's documents are sealed with another master key. Open it with the key it was created with.", e);
        }
    }

    private static ValueTask<byte[]?> FindAsync(JournalReader reader, CancellationToken cancellationToken) =>
        reader.ReadAsync("SELECT wrapped_key FROM subject_keys WHERE subject = $1", [Probe], async found =>
            await found.ReadAsync(cancellationToken) ? found.Bytes(0) : null, cancellationToken);

    private static async ValueTask CreateAsync(IStore store, DocumentVault vault)
    {
        try
        {
            await using var transaction = await store.BeginAsync(BatchKeys.OfSubject(Probe));
            if (!transaction.Known.Keys.ContainsKey(Probe))
                await transaction.CommitAsync(BatchEffects.OnlyKey(vault.NewKey(Probe)));
        }
        catch (StoreFaultException fault) when (fault.Fault is StoreFault.LostRace)
        {
            // Another process has opened the store at the same time; its probe is as good.
        }
        catch (StoreFaultException fault)
        {
            throw new StoreUnavailableException($"The store does not work: {fault.Message}", fault);
        }
    }
}
