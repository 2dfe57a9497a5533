using System.Text.Json.Serialization;
using OneStop.Domain;

namespace OneStop.WebFrontend.Problems;

/// <summary>A refusal as it is answered: <c>application/problem+json</c> (RFC 9457) with a stable code and all faults.</summary>
/// <param name="Type">A reference to the code's meaning.</param>
/// <param name="Title">The kind of fault.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable kebab-case code.</param>
/// <param name="Detail">What to do.</param>
/// <param name="Errors">Every fault with its place.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Code,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Fault>? Errors)
{
    /// <summary>As what it is sent.</summary>
    internal const string MediaType = "application/problem+json";

    /// <summary>The problem that a refusal stands for.</summary>
    public static Problem Of(OneStopException refusal)
    {
        var (status, title) = refusal.Kind switch
        {
            RefusalKind.Invalid when refusal.Code == "too-large" => (StatusCodes.Status413PayloadTooLarge, "Too large"),
            RefusalKind.Invalid => (StatusCodes.Status400BadRequest, "Not valid"),
            RefusalKind.NotSignedIn => (StatusCodes.Status401Unauthorized, "Not signed in"),
            RefusalKind.NotAllowed => (StatusCodes.Status403Forbidden, "Not allowed"),
            RefusalKind.Unknown => (StatusCodes.Status404NotFound, "Unknown"),
            RefusalKind.WrongState => (StatusCodes.Status409Conflict, "Not possible now"),
            RefusalKind.Unprocessable => (StatusCodes.Status422UnprocessableEntity, "Against a rule"),
            RefusalKind.TooMany => (StatusCodes.Status429TooManyRequests, "Too many requests"),
            RefusalKind.Unavailable => (StatusCodes.Status503ServiceUnavailable, "Not available now"),
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Kind, "A kind of refusal without a status."),
        };
        return new Problem("urn:onestop:problem:" + refusal.Code, title, status, refusal.Code, refusal.Message, refusal.Faults.IsEmpty ? null : refusal.Faults);
    }
}
