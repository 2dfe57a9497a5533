using System.Collections.Immutable;
using System.Text.Json;
using Form = OneStop.Domain.Forms.SchemaKeywords.Form;

namespace OneStop.Domain.Forms;

/// <summary>Finds everything by which a JSON value is not a schema that can be checked.</summary>
internal sealed class SchemaInspection(JsonElement root, SchemaPatterns patterns)
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";
    private static readonly string[] Formats = ["date", "time", "date-time", "email", "uri", "uuid"];

    private readonly ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();
    private readonly List<(string Pointer, string Target)> references = [];
    private readonly HashSet<string> schemas = [];

    public ImmutableArray<Fault> Faults()
    {
        Schema(root, "");
        foreach (var (pointer, target) in references)
            if (!schemas.Contains(Uri.UnescapeDataString(target)))
                Add(pointer, "unknown-reference", $"'{target}' is no schema in this document.");
        if (faults.Count == 0 && SchemaRounds.Find(root) is { } round)
            Add(round, "endless-reference", "The reference leads back to itself on the same value.");
        return faults.ToImmutable();
    }

    private void Add(string pointer, string code, string message) => faults.Add(new(pointer, code, message));

    private void Schema(JsonElement schema, string pointer)
    {
        schemas.Add("#" + pointer);
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            Add(pointer, "not-a-schema", "A schema is an object, true or false.");
            return;
        }

        foreach (var member in schema.EnumerateObject())
        {
            var place = Texts.Below(pointer, member.Name);
            if (SchemaKeywords.All.TryGetValue(member.Name, out var form))
                Keyword(member.Value, member.Name, form, place);
            else if (!member.Name.StartsWith("x-", StringComparison.Ordinal))
                Add(place, "unknown-keyword", $"'{member.Name}' is no keyword that is checked here; notes of your own begin with x-.");
        }
    }

    private void Keyword(JsonElement value, string name, Form form, string place)
    {
        switch (form)
        {
            case Form.Schema:
                Schema(value, place);
                break;
            case Form.Schemas when Filled(value, JsonValueKind.Array, place, "a list of schemas"):
                for (var i = 0; i < value.GetArrayLength(); i++)
                    Schema(value[i], $"{place}/{i}");
                break;
            case Form.NamedSchemas when Is(value, JsonValueKind.Object, place, "an object of schemas"):
                foreach (var member in value.EnumerateObject())
                {
                    if (name == "patternProperties")
                        Pattern(member.Name, Texts.Below(place, member.Name));
                    Schema(member.Value, Texts.Below(place, member.Name));
                }

                break;
            case Form.Count when value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var count) || count < 0 || count != decimal.Truncate(count) || count > int.MaxValue:
                Add(place, "not-a-schema", "A whole number from 0 is expected.");
                break;
            case Form.Number when !Is(value, JsonValueKind.Number, place, "a number"):
            case Form.Positive when Is(value, JsonValueKind.Number, place, "a number") && value.GetDouble() <= 0:
                if (form == Form.Positive)
                    Add(place, "not-a-schema", "A number above 0 is expected.");
                break;
            case Form.Flag when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                Add(place, "not-a-schema", "true or false is expected.");
                break;
            case Form.Text when Is(value, JsonValueKind.String, place, "a text") && name == "format" && !Formats.Contains(value.GetString()):
                Add(place, "unknown-format", $"Formats that are checked: {string.Join(", ", Formats)}.");
                break;
            case Form.Pattern when Is(value, JsonValueKind.String, place, "a regular expression"):
                Pattern(value.GetString()!, place);
                break;
            case Form.Reference when Is(value, JsonValueKind.String, place, "a reference"):
                references.Add((place, value.GetString()!));
                break;
            case Form.Dialect when value.ValueKind != JsonValueKind.String || value.GetString()!.TrimEnd('#') != Dialect:
                Add(place, "unknown-dialect", $"Schemas are {Dialect}.");
                break;
            case Form.Types:
                Types(value, place);
                break;
            case Form.Names:
                Names(value, place);
                break;
            case Form.NamesByName when Is(value, JsonValueKind.Object, place, "an object of lists of names"):
                foreach (var member in value.EnumerateObject())
                    Names(member.Value, Texts.Below(place, member.Name));
                break;
            case Form.Values:
                Is(value, JsonValueKind.Array, place, "a list");
                break;
        }
    }

    private bool Is(JsonElement value, JsonValueKind kind, string place, string expected)
    {
        if (value.ValueKind == kind)
            return true;
        Add(place, "not-a-schema", $"Here stands {expected}.");
        return false;
    }

    private bool Filled(JsonElement value, JsonValueKind kind, string place, string expected)
    {
        if (!Is(value, kind, place, expected))
            return false;
        if (value.GetArrayLength() > 0)
            return true;
        Add(place, "not-a-schema", "The list may not be empty.");
        return false;
    }

    private void Types(JsonElement value, string place)
    {
        var names = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? [.. value.EnumerateArray()] : new[] { value };
        foreach (var name in names)
            if (name.ValueKind != JsonValueKind.String || !SchemaKeywords.TypeNames.Contains(name.GetString()!))
                Add(place, "not-a-schema", $"A type is one of {string.Join(", ", SchemaKeywords.TypeNames.Order(StringComparer.Ordinal))}.");
    }

    private void Names(JsonElement value, string place)
    {
        if (Is(value, JsonValueKind.Array, place, "a list of names") && value.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String))
            Add(place, "not-a-schema", "Each name is a text.");
    }

    private void Pattern(string pattern, string place)
    {
        if (patterns.Add(pattern) is { } fault)
            Add(place, "malformed-pattern", fault);
    }
}

/// <summary>Looks for references that lead back to themselves without going into a value.</summary>
internal static class SchemaRounds
{
    public static string? Find(JsonElement root)
    {
        var done = new HashSet<string>();
        var above = new HashSet<string>();
        string? Visit(string at, JsonElement schema)
        {
            if (done.Contains(at))
                return null;
            if (!above.Add(at))
                return at.TrimStart('#');
            foreach (var (place, inner) in InPlace(root, at, schema))
                if (Visit(place, inner) is { } round)
                    return round;
            above.Remove(at);
            done.Add(at);
            return null;
        }

        var left = new Queue<(string, JsonElement)>([("#", root)]);
        while (left.TryDequeue(out var next))
        {
            if (Visit(next.Item1, next.Item2) is { } round)
                return round;
            if (next.Item2.ValueKind == JsonValueKind.Object)
                foreach (var member in next.Item2.EnumerateObject())
                    left.Enqueue((Texts.Below(next.Item1, member.Name), member.Value));
            if (next.Item2.ValueKind == JsonValueKind.Array)
                for (var i = 0; i < next.Item2.GetArrayLength(); i++)
                    left.Enqueue(($"{next.Item1}/{i}", next.Item2[i]));
        }

        return null;
    }

    private static IEnumerable<(string, JsonElement)> InPlace(JsonElement root, string at, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var member in schema.EnumerateObject().Where(m => SchemaKeywords.InPlace.Contains(m.Name)))
        {
            var place = Texts.Below(at, member.Name);
            if (member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } && SchemaKeywords.Resolve(root, member.Value.GetString()!) is { } target)
                yield return (Uri.UnescapeDataString(member.Value.GetString()!), target);
            else if (member.Value.ValueKind == JsonValueKind.Array)
                foreach (var (inner, i) in member.Value.EnumerateArray().Select((inner, i) => (inner, i)))
                    yield return ($"{place}/{i}", inner);
            else if (member.Name == "dependentSchemas")
                foreach (var inner in member.Value.EnumerateObject())
                    yield return (Texts.Below(place, inner.Name), inner.Value);
            else if (member.Name != "$ref")
                yield return (place, member.Value);
        }
    }
}
