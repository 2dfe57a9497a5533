using System.Globalization;
using OneStop.Domain;

namespace OneStop.WebFrontend.Input;

/// <summary>Values of a query string.</summary>
internal static class Query
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    /// <summary>How many items of a list are wanted: 50, at most 500.</summary>
    public static int Limit(string? given)
    {
        if (given is null) return DefaultLimit;
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw Refusals.Validation("limit", "out-of-range", $"limit is a whole number from 1 to {MaxLimit}.");
    }

    /// <summary>An instant with its offset; null when not given.</summary>
    public static DateTimeOffset? Instant(string name, string? given)
    {
        if (given is null) return null;
        return DateTimeOffset.TryParseExact(given, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw Refusals.Validation(name, "wrong-type", "An instant such as 2026-03-02T10:00:00Z.");
    }

    /// <summary>A member of an enum by its word; null when not given.</summary>
    public static TEnum? Word<TEnum>(string name, string? given)
        where TEnum : struct, Enum
    {
        if (given is null) return null;
        foreach (var value in Enum.GetValues<TEnum>())
            if (CamelCase.Of(value) == given)
                return value;
        throw Refusals.Validation(name, "not-one-of", "One of: " + string.Join(", ", Enum.GetValues<TEnum>().Select(CamelCase.Of)) + ".");
    }

    /// <summary>Whether something is wanted.</summary>
    public static bool Flag(string name, string? given) => given switch
    {
        null or "false" => false,
        "true" or "" => true,
        _ => throw Refusals.Validation(name, "wrong-type", "true or false."),
    };
}
