using System.Text.Json;

namespace OneStop.Domain.Forms;

/// <summary>Holds a value against a schema whose form was inspected.</summary>
internal sealed class SchemaValidation(JsonElement root, SchemaPatterns patterns)
{
    /// <summary>Whether the value fulfils the schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value.</param>
    /// <param name="pointer">Where the value stands.</param>
    /// <param name="faults">Gathers every fault; null when only the answer is wanted.</param>
    public bool Holds(JsonElement schema, JsonElement value, string pointer, List<Fault>? faults)
    {
        if (schema.ValueKind == JsonValueKind.True)
            return true;
        if (schema.ValueKind == JsonValueKind.False)
            return Fail(faults, pointer, "not-allowed-here", "Nothing may stand here.");
        var holds = true;
        foreach (var keyword in schema.EnumerateObject())
        {
            holds &= Holds(schema, keyword, value, pointer, faults);
            if (!holds && (faults is null || faults.Count >= FormSchema.MostFaults))
                return false;
        }

        return holds;
    }

    internal static bool Fail(List<Fault>? faults, string pointer, string code, string message)
    {
        faults?.Add(new(pointer, code, message));
        return false;
    }

    private bool Holds(JsonElement schema, JsonProperty keyword, JsonElement value, string pointer, List<Fault>? faults) => keyword.Name switch
    {
        "$ref" => Holds(SchemaKeywords.Resolve(root, keyword.Value.GetString()!)!.Value, value, pointer, faults),
        "allOf" => keyword.Value.EnumerateArray().Aggregate(true, (holds, inner) => Holds(inner, value, pointer, faults) && holds),
        "anyOf" => keyword.Value.EnumerateArray().Any(inner => Holds(inner, value, pointer, null))
            || Fail(faults, pointer, "no-match", "It fits none of the forms that are allowed here."),
        "oneOf" => keyword.Value.EnumerateArray().Count(inner => Holds(inner, value, pointer, null)) == 1
            || Fail(faults, pointer, "no-match", "It must fit exactly one of the forms that are allowed here."),
        "not" => !Holds(keyword.Value, value, pointer, null) || Fail(faults, pointer, "no-match", "It has a form that is excluded here."),
        "if" => !schema.TryGetProperty(Holds(keyword.Value, value, pointer, null) ? "then" : "else", out var branch) || Holds(branch, value, pointer, faults),
        _ => value.ValueKind switch
        {
            JsonValueKind.Object => HoldsObject(schema, keyword, value, pointer, faults),
            JsonValueKind.Array => HoldsArray(schema, keyword, value, pointer, faults),
            _ => true,
        } && ValueValidation.Holds(keyword, value, pointer, patterns, faults),
    };

    private bool HoldsObject(JsonElement schema, JsonProperty keyword, JsonElement value, string pointer, List<Fault>? faults)
    {
        var (rule, holds) = (keyword.Value, true);
        switch (keyword.Name)
        {
            case "required":
                foreach (var name in rule.EnumerateArray().Select(e => e.GetString()!))
                    holds &= Present(value, name, pointer, faults);
                break;
            case "dependentRequired":
                foreach (var member in rule.EnumerateObject().Where(m => value.TryGetProperty(m.Name, out _)))
                    foreach (var name in member.Value.EnumerateArray().Select(e => e.GetString()!))
                        holds &= Present(value, name, pointer, faults);
                break;
            case "dependentSchemas":
                foreach (var member in rule.EnumerateObject().Where(m => value.TryGetProperty(m.Name, out _)))
                    holds &= Holds(member.Value, value, pointer, faults);
                break;
            case "properties":
                foreach (var member in rule.EnumerateObject())
                    if (value.TryGetProperty(member.Name, out var inner))
                        holds &= Holds(member.Value, inner, Texts.Below(pointer, member.Name), faults);
                break;
            case "patternProperties":
                foreach (var pattern in rule.EnumerateObject())
                    foreach (var member in value.EnumerateObject().Where(m => patterns.Matches(pattern.Name, m.Name)))
                        holds &= Holds(pattern.Value, member.Value, Texts.Below(pointer, member.Name), faults);
                break;
            case "additionalProperties":
                foreach (var member in value.EnumerateObject().Where(m => !IsNamed(schema, m.Name)))
                    holds &= rule.ValueKind == JsonValueKind.False
                        ? Fail(faults, Texts.Below(pointer, member.Name), "unknown-field", $"There is no field '{member.Name}' here.")
                        : Holds(rule, member.Value, Texts.Below(pointer, member.Name), faults);
                break;
            case "propertyNames":
                foreach (var member in value.EnumerateObject())
                    holds &= Holds(rule, JsonSerializer.SerializeToElement(member.Name), Texts.Below(pointer, member.Name), faults);
                break;
            case "minProperties" when value.EnumerateObject().Count() < rule.GetDecimal():
                return Fail(faults, pointer, "out-of-range", $"At least {rule.GetDecimal():0} fields are needed.");
            case "maxProperties" when value.EnumerateObject().Count() > rule.GetDecimal():
                return Fail(faults, pointer, "out-of-range", $"At most {rule.GetDecimal():0} fields are allowed.");
        }

        return holds;
    }

    private bool HoldsArray(JsonElement schema, JsonProperty keyword, JsonElement value, string pointer, List<Fault>? faults)
    {
        var (rule, length, holds) = (keyword.Value, value.GetArrayLength(), true);
        switch (keyword.Name)
        {
            case "prefixItems":
                foreach (var (inner, i) in rule.EnumerateArray().Take(length).Select((inner, i) => (inner, i)))
                    holds &= Holds(inner, value[i], $"{pointer}/{i}", faults);
                break;
            case "items":
                var first = schema.TryGetProperty("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0;
                foreach (var (inner, i) in value.EnumerateArray().Select((inner, i) => (inner, i)).Skip(first))
                    holds &= Holds(rule, inner, $"{pointer}/{i}", faults);
                break;
            case "contains":
                var found = value.EnumerateArray().Count(inner => Holds(rule, inner, pointer, null));
                var least = schema.TryGetProperty("minContains", out var min) ? min.GetDecimal() : 1;
                if (found < least || (schema.TryGetProperty("maxContains", out var max) && found > max.GetDecimal()))
                    return Fail(faults, pointer, "no-match", "The list has not as many elements of the wanted form as it must.");
                break;
            case "minItems" when length < rule.GetDecimal():
                return Fail(faults, pointer, "out-of-range", $"The list needs at least {rule.GetDecimal():0} elements.");
            case "maxItems" when length > rule.GetDecimal():
                return Fail(faults, pointer, "out-of-range", $"The list has at most {rule.GetDecimal():0} elements.");
            case "uniqueItems" when rule.GetBoolean() && value.EnumerateArray().Distinct(SameJson.Comparer).Count() < length:
                return Fail(faults, pointer, "repeated", "An element stands in the list twice.");
        }

        return holds;
    }

    private static bool Present(JsonElement value, string name, string pointer, List<Fault>? faults) =>
        value.TryGetProperty(name, out _) || Fail(faults, Texts.Below(pointer, name), "required", $"'{name}' is required.");

    private bool IsNamed(JsonElement schema, string name) =>
        (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _))
        || (schema.TryGetProperty("patternProperties", out var named) && named.EnumerateObject().Any(p => patterns.Matches(p.Name, name)));
}
