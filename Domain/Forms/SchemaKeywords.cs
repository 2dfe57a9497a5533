using System.Collections.Frozen;
using System.Text.Json;

namespace OneStop.Domain.Forms;

/// <summary>The keywords of JSON Schema 2020-12 that are checked, by the form their value has.</summary>
internal static class SchemaKeywords
{
    public enum Form
    {
        Schema,
        Schemas,
        NamedSchemas,
        Count,
        Number,
        Positive,
        Flag,
        Text,
        Pattern,
        Reference,
        Dialect,
        Types,
        Names,
        NamesByName,
        Values,
        Anything,
    }

    public static FrozenDictionary<string, Form> All { get; } = new Dictionary<string, Form>
    {
        ["$schema"] = Form.Dialect, ["$id"] = Form.Text, ["$comment"] = Form.Text, ["$ref"] = Form.Reference, ["$defs"] = Form.NamedSchemas,
        ["title"] = Form.Text, ["description"] = Form.Text, ["default"] = Form.Anything, ["examples"] = Form.Values,
        ["deprecated"] = Form.Flag, ["readOnly"] = Form.Flag, ["writeOnly"] = Form.Flag,
        ["allOf"] = Form.Schemas, ["anyOf"] = Form.Schemas, ["oneOf"] = Form.Schemas, ["not"] = Form.Schema,
        ["if"] = Form.Schema, ["then"] = Form.Schema, ["else"] = Form.Schema, ["dependentSchemas"] = Form.NamedSchemas,
        ["properties"] = Form.NamedSchemas, ["patternProperties"] = Form.NamedSchemas, ["additionalProperties"] = Form.Schema, ["propertyNames"] = Form.Schema,
        ["prefixItems"] = Form.Schemas, ["items"] = Form.Schema, ["contains"] = Form.Schema,
        ["type"] = Form.Types, ["enum"] = Form.Values, ["const"] = Form.Anything,
        ["multipleOf"] = Form.Positive, ["minimum"] = Form.Number, ["maximum"] = Form.Number, ["exclusiveMinimum"] = Form.Number, ["exclusiveMaximum"] = Form.Number,
        ["minLength"] = Form.Count, ["maxLength"] = Form.Count, ["pattern"] = Form.Pattern, ["format"] = Form.Text,
        ["minItems"] = Form.Count, ["maxItems"] = Form.Count, ["uniqueItems"] = Form.Flag, ["minContains"] = Form.Count, ["maxContains"] = Form.Count,
        ["minProperties"] = Form.Count, ["maxProperties"] = Form.Count, ["required"] = Form.Names, ["dependentRequired"] = Form.NamesByName,
    }.ToFrozenDictionary();

    public static FrozenSet<string> TypeNames { get; } = ((string[])["null", "boolean", "object", "array", "number", "string", "integer"]).ToFrozenSet();

    /// <summary>Schemas that look at the same value as the one they stand in.</summary>
    public static FrozenSet<string> InPlace { get; } = ((string[])["$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"]).ToFrozenSet();

    /// <summary>The place that a reference within the document points at; null when there is none.</summary>
    public static JsonElement? Resolve(JsonElement root, string reference)
    {
        if (reference == "#")
            return root;
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
            return null;
        foreach (var part in Uri.UnescapeDataString(reference[2..]).Split('/'))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var member))
                root = member;
            else if (root.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index) && index >= 0 && index < root.GetArrayLength())
                root = root[index];
            else
                return null;
        }

        return root;
    }
}
