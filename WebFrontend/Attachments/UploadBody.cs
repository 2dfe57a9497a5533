using System.Net.Http.Headers;
using System.Security.Cryptography;
using OneStop.Domain;
using OneStop.Domain.Attachments;
using OneStop.Grains.Interfaces.Files;

namespace OneStop.WebFrontend.Attachments;

/// <summary>Reads a file that comes as a body: part by part, hashed on its way, refused as soon as it can be.</summary>
internal static class UploadBody
{
    /// <summary>Reads the body to its end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="keep">Takes each part, in order.</param>
    /// <exception cref="OneStopException"><c>too-large</c>, <c>unsupported-type</c>, <c>type-mismatch</c>, <c>validation</c>.</exception>
    public static async ValueTask<ReadFile> ReadAsync(HttpRequest request, Func<int, byte[], Task> keep)
    {
        string? type = null;
        var (size, parts) = (0L, 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await PartAsync(request) is var part && (part.Length > 0 || type is null))
        {
            type ??= FileFormats.TypeOf(part.AsSpan(0, Math.Min(part.Length, FileFormats.Telling)), ClaimOf(request));
            size += part.Length;
            if (size > AttachmentLimits.FileBytes) throw AttachmentLimits.TooLarge();
            hash.AppendData(part);
            await keep(parts++, part);
        }

        return new ReadFile(type, size, Convert.ToHexStringLower(hash.GetHashAndReset()), parts);
    }

    private static string? ClaimOf(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var claimed) ? claimed.MediaType?.ToLowerInvariant() : null;

    private static async ValueTask<byte[]> PartAsync(HttpRequest request)
    {
        var part = new byte[IFileGrain.PartBytes];
        var read = await request.Body.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return read == part.Length ? part : part[..read];
    }
}

/// <summary>A file as it was read.</summary>
/// <param name="Type">Its media type, by its content.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, hexadecimal.</param>
/// <param name="Parts">How many parts it has.</param>
internal sealed record ReadFile(string Type, long Size, string Sha256, int Parts);
