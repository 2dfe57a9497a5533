using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain;

/// <summary>
/// A refusal: a command that cannot be carried out and changed nothing. The code is stable and documented;
/// the message tells the person what to do.
/// </summary>
[GenerateSerializer]
public class OneStopException : Exception
{
    /// <summary>Creates a refusal.</summary>
    /// <param name="kind">What kind of fault it is.</param>
    /// <param name="code">Stable kebab-case code, such as <c>wrong-state</c>.</param>
    /// <param name="message">What the person should do, in plain words.</param>
    public OneStopException(RefusalKind kind, string code, string message)
        : base(message)
    {
        Kind = kind;
        Code = code;
    }

    /// <summary>What kind of fault it is.</summary>
    [Id(0)]
    public RefusalKind Kind { get; init; }

    /// <summary>Stable kebab-case code.</summary>
    [Id(1)]
    public string Code { get; init; }

    /// <summary>Every fault found, when there are several or they have a place in the input. Default: none.</summary>
    [Id(2)]
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>When it is worth trying again. Default: null, trying again does not help.</summary>
    [Id(3)]
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Kinds of refusal.</summary>
[GenerateSerializer]
public enum RefusalKind
{
    /// <summary>The input is not well-formed or a value is out of its bounds.</summary>
    Invalid,

    /// <summary>Nobody is signed in.</summary>
    NotSignedIn,

    /// <summary>The person may not do this.</summary>
    NotAllowed,

    /// <summary>There is no such thing, or the person may not know of it.</summary>
    Unknown,

    /// <summary>The thing is not in a state that permits this.</summary>
    WrongState,

    /// <summary>The input is well-formed but a rule forbids it.</summary>
    Unprocessable,

    /// <summary>Too much at once.</summary>
    TooMany,

    /// <summary>The store or a part of the system cannot answer now.</summary>
    Unavailable,
}

/// <summary>One fault in what was sent.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) to the place; empty for the whole.</param>
/// <param name="Code">Stable kebab-case code.</param>
/// <param name="Message">What is wrong, in plain words.</param>
[GenerateSerializer, Immutable]
public sealed record Fault(string Pointer, string Code, string Message)
{
    /// <summary>What a value out of its range is held to, for words of another language. Default: null, the code says all.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FaultBounds? Bounds { get; init; }
}

/// <summary>The bounds of a value, written as the value itself is: a number, or a span such as <c>04:00:00</c>.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
/// <param name="AboveLeast">Whether the least itself is too little.</param>
[GenerateSerializer, Immutable]
public sealed record FaultBounds(string Least, string Most, bool AboveLeast = false)
{
    /// <summary>Of a number.</summary>
    public static FaultBounds Of(int least, int most) =>
        new(least.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));

    /// <summary>Of a span of time.</summary>
    public static FaultBounds Of(TimeSpan least, TimeSpan most, bool aboveLeast = false) =>
        new(least.ToString("c", CultureInfo.InvariantCulture), most.ToString("c", CultureInfo.InvariantCulture), aboveLeast);
}
