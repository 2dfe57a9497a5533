using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Metadata;

namespace OneStop.WebFrontend.Input;

/// <summary>
/// A route whose body is a file: described as such, with a limit of its own, never held back in a file for another try. What is no
/// file that it takes is refused when it is read, by its content.
/// </summary>
internal sealed record TakesFile(ImmutableArray<string> Types, long MaxBytes) : IAcceptsMetadata, IRequestSizeLimitMetadata
{
    // What is beyond the limit must still reach the check that says so.
    private const long Margin = 1 << 20;

    public IReadOnlyList<string> ContentTypes { get; } = [.. Types, "*/*"];

    public Type? RequestType => typeof(Stream);

    public bool IsOptional => false;

    public long? MaxRequestBodySize => MaxBytes + Margin;
}
