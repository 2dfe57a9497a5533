using System.Collections.Immutable;
using System.Text.Json;

namespace OneStop.Domain.Forms;

/// <summary>
/// A form as JSON Schema, draft 2020-12 (A3). Every keyword of its core, applicator and validation vocabularies is
/// checked but references to other documents and anchors and what depends on annotations (<c>unevaluated...</c>); of
/// formats <c>date</c>, <c>time</c>, <c>date-time</c>, <c>email</c>, <c>uri</c>, <c>uuid</c> are asserted. A keyword
/// that is not checked here is refused when the schema is read: a rule that is written down holds.
/// </summary>
public sealed class FormSchema
{
    /// <summary>Most faults that are listed of one submission.</summary>
    public const int MostFaults = 200;

    private readonly JsonElement root;
    private readonly SchemaPatterns patterns;

    private FormSchema(JsonElement root, SchemaPatterns patterns) => (this.root, this.patterns) = (root, patterns);

    /// <summary>Reads a schema.</summary>
    /// <param name="json">The schema.</param>
    /// <param name="schema">The schema, ready to be held against submissions; null when there are faults.</param>
    /// <returns>Every fault, each with its JSON pointer in the schema.</returns>
    public static ImmutableArray<Fault> Read(string json, out FormSchema? schema)
    {
        schema = null;
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return [new("", "malformed", e.Message)];
        }

        if (!Texts.AreWhole(root))
            return [new("", "malformed", "A text in it has half of a character.")];
        var patterns = new SchemaPatterns();
        var faults = new SchemaInspection(root, patterns).Faults();
        if (faults.IsEmpty)
            schema = new FormSchema(root, patterns);
        return faults;
    }

    /// <summary>Everything that is wrong with a submission, each with its JSON pointer; at most <see cref="MostFaults"/>.</summary>
    public ImmutableArray<Fault> Faults(JsonElement submission)
    {
        if (!Texts.AreWhole(submission))
            return [new("", "malformed", "A text in it has half of a character.")];
        var faults = new List<Fault>();
        new SchemaValidation(root, patterns).Holds(root, submission, "", faults);
        return [.. faults.Distinct().Take(MostFaults)];
    }

    /// <summary>Whether the form asks for a field of this name and the answer would do.</summary>
    public bool Takes(string field, JsonElement answer) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("properties", out var fields)
        && fields.TryGetProperty(field, out var schema)
        && new SchemaValidation(root, patterns).Holds(schema, answer, "", faults: null);
}
