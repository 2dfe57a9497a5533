using System.Security.Cryptography;
using OneStop.Journal.Reading;
using OneStop.Journal.Vault;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Files;

/// <summary>Carries one piece of work on files through, in a transaction of its own.</summary>
internal sealed class FileWriter(IStore store, DocumentVault vault, TimeProvider time)
{
    private const int MostRaces = 16;
    private static readonly TimeSpan UploadsKept = TimeSpan.FromDays(1);

    /// <summary>Does it and tells whoever waits; a subject's damaged key is that one's fault alone.</summary>
    /// <exception cref="StoreFaultException">The store does not work; the waiter is the caller's.</exception>
    public async ValueTask CarryOutAsync(PendingFileWork pending)
    {
        try
        {
            await WriteAsync(pending.Work);
            pending.Complete();
        }
        catch (CryptographicException e)
        {
            pending.Fail(e);
        }
    }

    /// <summary>Removes uploads that nobody will finish any more.</summary>
    /// <exception cref="StoreUnavailableException">The store does not work.</exception>
    public async ValueTask ForgetAsync(JournalReader reader, CancellationToken cancellationToken)
    {
        var before = Now() - (UploadsKept.Ticks / TimeSpan.TicksPerMicrosecond);
        if (!await reader.ReadAsync(FileSql.AnyForgotten, [before], async found => await found.ReadAsync(cancellationToken), cancellationToken))
            return;
        try
        {
            await CommitAsync(BatchKeys.None, _ => BatchEffects.OnlyFiles(FileSql.Forget(before)));
        }
        catch (StoreFaultException fault)
        {
            throw new StoreUnavailableException($"The store does not work: {fault.Message}", fault);
        }
    }

    private ValueTask WriteAsync(FileWork work) => work switch
    {
        PutPart { Part: var part } => CommitAsync(BatchKeys.OfSubject(part.Subject), known => Put(part, known)),
        SealUpload { Seal: var seal } => CommitAsync(BatchKeys.None, _ => BatchEffects.OnlyFiles(FileSql.Seal(seal))),
        DropUpload { Upload: var upload } => CommitAsync(BatchKeys.None, _ => BatchEffects.OnlyFiles(FileSql.Drop(upload))),
        _ => throw new ArgumentException($"Work {work.GetType().Name} is not known.", nameof(work)),
    };

    // A race is lost when another process made the subject's key, or sealed the same content, at this very moment.
    private async ValueTask CommitAsync(BatchKeys keys, Func<KnownState, BatchEffects> effects)
    {
        for (var race = 1; ; race++)
        {
            try
            {
                await using var transaction = await store.BeginAsync(keys);
                await transaction.CommitAsync(effects(transaction.Known));
                return;
            }
            catch (StoreFaultException fault) when (fault.Fault is StoreFault.LostRace && race < MostRaces)
            {
                // Once more, with what the other one has written.
            }
        }
    }

    private BatchEffects Put(FilePart part, KnownState known)
    {
        WrappedKey? created = known.Keys.TryGetValue(part.Subject, out var wrapped) ? null : vault.NewKey(part.Subject);
        var key = created ?? new WrappedKey(part.Subject, wrapped!);
        var (_, _, nonce, ciphertext) = vault.Seal(key, new Document(part.Subject, FileParts.IdOf(part.Upload, part.Part), part.Content));
        return BatchEffects.OnlyFiles(FileSql.Put(part.Subject, part.Upload, part.Part, Now(), nonce, ciphertext), created);
    }

    private long Now() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
