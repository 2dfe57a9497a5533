using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using OneStop.Domain;

namespace OneStop.WebFrontend.Input;

/// <summary>Reads a JSON body and names everything that is wrong with it at once.</summary>
internal static class Body
{
    /// <summary>Most bytes of a JSON body.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads the body; an empty one counts as an object without members.</summary>
    /// <exception cref="OneStopException"><c>validation</c>, <c>unknown-field</c> or <c>too-large</c>.</exception>
    public static async ValueTask<(T Value, byte[] Bytes)> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        var bytes = await ReadBytesAsync(request);
        return (Parse<T>(bytes.Length == 0 ? "{}"u8.ToArray() : bytes), bytes);
    }

    /// <summary>The body's bytes.</summary>
    public static async ValueTask<byte[]> ReadBytesAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes) throw TooLarge();
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0;)
        {
            if (buffer.Length + read > MaxBytes) throw TooLarge();
            await buffer.WriteAsync(chunk.AsMemory(0, read));
        }

        return buffer.ToArray();
    }

    private static T Parse<T>(byte[] bytes)
        where T : class
    {
        // The parser looks at the grammar only; text that is none would fail where it is read.
        if (!Utf8.IsValid(bytes)) throw Refusals.Validation("", "malformed", "The body is not UTF-8.");
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32 });
            var faults = ImmutableArray.CreateBuilder<Fault>();
            BodyShape.Inspect(document.RootElement, typeof(T), "", faults);
            if (faults.Count > 0) throw Faulty(faults.ToImmutable());
            return document.Deserialize<T>(ApiJson.Options) ?? throw Refusals.Validation("", "wrong-type", "A JSON object is expected.");
        }
        catch (JsonException e)
        {
            throw Refusals.Validation("", "malformed", $"The body is not valid JSON (line {e.LineNumber + 1}).");
        }
    }

    private static OneStopException Faulty(ImmutableArray<Fault> faults) => faults.All(fault => fault.Code == "unknown-field")
        ? new OneStopException(RefusalKind.Invalid, "unknown-field", "The body has fields that are not known; see errors.") { Faults = faults }
        : Refusals.Validation(faults.AsSpan());

    private static OneStopException TooLarge() => new(RefusalKind.Invalid, "too-large", "The body is larger than 1 MB.");
}
