using System.Collections.Immutable;

namespace OneStop.Domain.Attachments;

/// <summary>The formats of scanned and uploaded materials (电子影像), known by how their content begins.</summary>
public static class FileFormats
{
    /// <summary>How many bytes from the beginning tell the format.</summary>
    public const int Telling = 8;

    private static readonly ImmutableArray<(string MediaType, byte[] Start)> Known =
    [
        ("application/pdf", "%PDF-"u8.ToArray()),
        ("image/jpeg", [0xFF, 0xD8, 0xFF]),
        ("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ("image/tiff", [0x49, 0x49, 0x2A, 0x00]),
        ("image/tiff", [0x4D, 0x4D, 0x00, 0x2A]),
    ];

    /// <summary>The media types that are taken.</summary>
    public static ImmutableArray<string> Accepted { get; } = [.. Known.Select(format => format.MediaType).Distinct()];

    /// <summary>The media type of a content.</summary>
    /// <param name="start">Its first <see cref="Telling"/> bytes, or all of it when it is shorter.</param>
    /// <param name="claimed">What the sender calls it; only a claim of another accepted type is held against it. Null when nothing is claimed.</param>
    /// <exception cref="OneStopException"><c>validation</c> for an empty file, <c>unsupported-type</c>, <c>type-mismatch</c>.</exception>
    public static string TypeOf(ReadOnlySpan<byte> start, string? claimed)
    {
        if (start.IsEmpty)
            throw Refusals.Validation("", "empty", "The file is empty; send its content as the body.");
        foreach (var (type, beginning) in Known)
        {
            if (!start.StartsWith(beginning))
                continue;
            return claimed == type || claimed is null || !Accepted.Contains(claimed)
                ? type
                : throw new OneStopException(RefusalKind.Unprocessable, "type-mismatch", $"The file is called {claimed} but its content is {type}.");
        }

        throw new OneStopException(
            RefusalKind.Unprocessable, "unsupported-type", "By its content the file is none of: " + string.Join(", ", Accepted) + ".");
    }
}
