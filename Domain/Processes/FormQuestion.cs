using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OneStop.Domain.Forms;

namespace OneStop.Domain.Processes;

/// <summary>
/// What a condition asks of the form. It is asked once, when the application comes in: the case keeps which questions
/// are answered with yes, and the answers of the form stay out of the record.
/// </summary>
public sealed class FormQuestion
{
    private readonly ImmutableArray<string> path;
    private readonly string comparison;
    private readonly object literal;

    internal FormQuestion(ImmutableArray<string> path, string comparison, object literal)
    {
        (this.path, this.comparison, this.literal) = (path, comparison, literal);
        var value = literal switch
        {
            bool yes => yes ? "true" : "false",
            decimal number => number.ToString(CultureInfo.InvariantCulture),
            _ => $"'{literal}'",
        };
        Text = $"form.{string.Join('.', path)} {comparison} {value}";
    }

    /// <summary>The question in its one way of writing.</summary>
    public string Text { get; }

    /// <summary>The questions of a process that a form answers with yes.</summary>
    public static ImmutableArray<string> Answered(ProcessDefinition? process, JsonElement form) =>
        process is null || !Texts.AreWhole(form) ? [] : [.. process.FormQuestions().Where(q => q.IsAnsweredBy(form)).Select(q => q.Text)];

    /// <summary>Whether a form answers it with yes.</summary>
    public bool IsAnsweredBy(JsonElement form)
    {
        foreach (var member in path)
            if (form.ValueKind != JsonValueKind.Object || !form.TryGetProperty(member, out form))
                return comparison == "!=";
        return literal switch
        {
            string text when form.ValueKind == JsonValueKind.String => (form.GetString() == text) == (comparison == "="),
            bool yes when form.ValueKind is JsonValueKind.True or JsonValueKind.False => (form.GetBoolean() == yes) == (comparison == "="),
            decimal number when form.ValueKind == JsonValueKind.Number && form.TryGetDecimal(out var given) => comparison switch
            {
                "=" => given == number,
                "!=" => given != number,
                "<" => given < number,
                "<=" => given <= number,
                ">" => given > number,
                _ => given >= number,
            },
            _ => comparison == "!=",
        };
    }
}
