using System.Globalization;
using System.Text.Json;

namespace OneStop.Domain.Forms;

/// <summary>The keywords of a schema that look at one value alone.</summary>
internal static class ValueValidation
{
    public static bool Holds(JsonProperty keyword, JsonElement value, string pointer, SchemaPatterns patterns, List<Fault>? faults)
    {
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "type":
                string[] types = rule.ValueKind == JsonValueKind.Array ? [.. rule.EnumerateArray().Select(t => t.GetString()!)] : [rule.GetString()!];
                return types.Any(type => IsOf(type, value)) || SchemaValidation.Fail(faults, pointer, "wrong-type", $"Expected: {string.Join(" or ", types)}.");
            case "enum":
                return rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value))
                    || SchemaValidation.Fail(faults, pointer, "not-one-of", $"One of: {string.Join(", ", rule.EnumerateArray().Take(20).Select(e => e.ToString()))}.");
            case "const":
                return JsonElement.DeepEquals(rule, value) || SchemaValidation.Fail(faults, pointer, "not-one-of", $"It must be {rule}.");
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => HoldsText(keyword, value.GetString()!, pointer, patterns, faults),
            JsonValueKind.Number => HoldsNumber(keyword, value, pointer, faults),
            _ => true,
        };
    }

    private static bool HoldsText(JsonProperty keyword, string text, string pointer, SchemaPatterns patterns, List<Fault>? faults) => keyword.Name switch
    {
        "minLength" => text.EnumerateRunes().Count() >= keyword.Value.GetDecimal()
            || SchemaValidation.Fail(faults, pointer, "out-of-range", $"At least {keyword.Value.GetDecimal():0} characters are needed."),
        "maxLength" => text.EnumerateRunes().Count() <= keyword.Value.GetDecimal()
            || SchemaValidation.Fail(faults, pointer, "out-of-range", $"At most {keyword.Value.GetDecimal():0} characters are allowed."),
        "pattern" => patterns.Matches(keyword.Value.GetString()!, text)
            || SchemaValidation.Fail(faults, pointer, "malformed", $"It must fit the pattern {keyword.Value.GetString()}."),
        "format" => HasFormat(keyword.Value.GetString()!, text)
            || SchemaValidation.Fail(faults, pointer, "malformed", $"It must be a {keyword.Value.GetString()}."),
        _ => true,
    };

    private static bool HoldsNumber(JsonProperty keyword, JsonElement value, string pointer, List<Fault>? faults)
    {
        if (keyword.Value.ValueKind != JsonValueKind.Number)
            return true;
        var (given, bound) = (value.GetDouble(), keyword.Value.GetDouble());
        var order = value.TryGetDecimal(out var exact) && keyword.Value.TryGetDecimal(out var exactBound) ? exact.CompareTo(exactBound) : given.CompareTo(bound);
        return keyword.Name switch
        {
            "minimum" => order >= 0 || SchemaValidation.Fail(faults, pointer, "out-of-range", $"At least {keyword.Value}."),
            "maximum" => order <= 0 || SchemaValidation.Fail(faults, pointer, "out-of-range", $"At most {keyword.Value}."),
            "exclusiveMinimum" => order > 0 || SchemaValidation.Fail(faults, pointer, "out-of-range", $"More than {keyword.Value}."),
            "exclusiveMaximum" => order < 0 || SchemaValidation.Fail(faults, pointer, "out-of-range", $"Less than {keyword.Value}."),
            "multipleOf" => IsMultiple(value, keyword.Value) || SchemaValidation.Fail(faults, pointer, "out-of-range", $"A multiple of {keyword.Value}."),
            _ => true,
        };
    }

    private static bool IsMultiple(JsonElement value, JsonElement of)
    {
        if (value.TryGetDecimal(out var exact) && of.TryGetDecimal(out var exactOf) && exactOf != 0)
            return exact % exactOf == 0;
        var quotient = value.GetDouble() / of.GetDouble();
        return double.IsFinite(quotient) && Math.Floor(quotient) == quotient;
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetDecimal(out var exact) ? exact == decimal.Truncate(exact) : Math.Floor(value.GetDouble()) == value.GetDouble()),
        _ => false,
    };

    private static bool HasFormat(string format, string text) => format switch
    {
        "date" => text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => text.Length >= 9 && text.IndexOfAny(['Z', 'z', '+', '-']) >= 8 && HasFormat("date-time", "2000-01-01T" + text),
        "date-time" => text.Length >= 20 && text[10] is 'T' or 't' && text.AsSpan(19).IndexOfAny("Zz+-") >= 0
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "email" => text.Length <= 254 && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(char.IsWhiteSpace),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _) && !text.Any(char.IsWhiteSpace),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        _ => true,
    };
}

/// <summary>JSON values that mean the same.</summary>
internal sealed class SameJson : IEqualityComparer<JsonElement>
{
    public static SameJson Comparer { get; } = new();

    public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

    public int GetHashCode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.GetHashCode(StringComparison.Ordinal),
        JsonValueKind.Number => value.GetDouble().GetHashCode(),
        JsonValueKind.Array => value.EnumerateArray().Aggregate(7, (hash, e) => HashCode.Combine(hash, GetHashCode(e))),
        JsonValueKind.Object => value.EnumerateObject().Aggregate(11, (hash, m) => hash ^ HashCode.Combine(m.Name.GetHashCode(StringComparison.Ordinal), GetHashCode(m.Value))),
        _ => (int)value.ValueKind,
    };
}
