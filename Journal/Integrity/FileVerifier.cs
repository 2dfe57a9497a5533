using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using OneStop.Journal.Files;
using OneStop.Journal.Reading;

namespace OneStop.Journal.Integrity;

/// <summary>
/// Looks at every file that an event refers to: whether it is there, and whether its content has the event's hash and size.
/// Goes page by page and part by part, so that memory grows with neither.
/// </summary>
internal sealed class FileVerifier(JournalReader reader, FileParts files, ImmutableArray<FileReferences> references)
{
    private const int Page = 200;

    /// <summary>Adds what it finds to the report.</summary>
    public async ValueTask<VerifyReport> WalkAsync(VerifyReport report, int mostFaults, CancellationToken cancellationToken)
    {
        if (references.IsEmpty)
            return report;
        var faults = report.Faults.ToBuilder();
        var (whole, erased) = (0L, 0L);
        var (stream, seq) = ("", 0L);
        while (await NextAsync(stream, seq, cancellationToken) is { Length: > 0 } page)
        {
            foreach (var found in page)
            {
                var what = await InspectAsync(found.Reference, cancellationToken);
                if (what is null)
                    whole++;
                else if (what.Length == 0)
                    erased++;
                else if (faults.Count < mostFaults)
                    faults.Add(new VerifyFault(found.Stream, found.Seq, what));
            }

            (stream, seq) = (page[^1].Stream, page[^1].Seq);
        }

        return report with { Faults = faults.ToImmutable(), Files = whole, ErasedFiles = erased };
    }

    private ValueTask<ImmutableArray<Referring>> NextAsync(string stream, long seq, CancellationToken cancellationToken)
    {
        var types = string.Join(", ", Enumerable.Range(3, references.Length).Select(static i => string.Create(CultureInfo.InvariantCulture, $"${i}")));
        return reader.WalkAsync(
            $"SELECT stream, seq, type, data FROM events WHERE (stream, seq) > ($1, $2) AND type IN ({types}) ORDER BY stream, seq LIMIT {Page}",
            [stream, seq, .. references.Select(static reference => reference.EventType)],
            async found =>
            {
                var page = ImmutableArray.CreateBuilder<Referring>();
                while (await found.ReadAsync(cancellationToken))
                    page.Add(new(found.GetString(0), found.GetInt64(1), references.First(r => r.EventType == found.GetString(2)).Read(found.Bytes(3))));
                return page.ToImmutable();
            },
            cancellationToken);
    }

    // What is wrong; null when nothing is, empty when the file was erased.
    private async ValueTask<string?> InspectAsync(FileReference reference, CancellationToken cancellationToken)
    {
        if (await files.FindAsync(reference.Subject, reference.Sha256, cancellationToken) is not { } file)
            return $"refers to the file {reference.Sha256}, which is not there";
        if (file.Parts == 0)
            return "";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = 0L;
        try
        {
            for (var part = 0; part < file.Parts; part++)
            {
                if (await files.ReadAsync(reference.Subject, reference.Sha256, part, cancellationToken) is not { } content)
                    return await ErasedMeanwhileAsync(reference, cancellationToken) ? "" : $"refers to the file {reference.Sha256}, whose part {part} is not there";
                hash.AppendData(content);
                size += content.Length;
            }
        }
        catch (CryptographicException)
        {
            return $"refers to the file {reference.Sha256}, which was changed: it does not open";
        }

        return size == reference.Size && Convert.ToHexStringLower(hash.GetHashAndReset()) == reference.Sha256
            ? null
            : $"refers to the file {reference.Sha256}, whose content is another";
    }

    private async ValueTask<bool> ErasedMeanwhileAsync(FileReference reference, CancellationToken cancellationToken) =>
        await files.FindAsync(reference.Subject, reference.Sha256, cancellationToken) is { Parts: 0 };

    private readonly record struct Referring(string Stream, long Seq, FileReference Reference);
}
