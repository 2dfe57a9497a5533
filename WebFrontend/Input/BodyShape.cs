using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OneStop.Domain;
using OneStop.Domain.Forms;

namespace OneStop.WebFrontend.Input;

/// <summary>
/// Holds a JSON value against the type it is to become. A serializer stops at the first fault; a person who sent a
/// form wants all of them.
/// </summary>
internal static class BodyShape
{
    public static void Inspect(JsonElement value, Type type, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(JsonElement))
        {
            if (!Texts.AreWhole(value)) faults.Add(new Fault(pointer, "malformed", "A text in it has half of a character."));
            return;
        }

        var info = ApiJson.Options.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                InspectObject(value, info, pointer, faults);
                break;
            case JsonTypeInfoKind.Enumerable:
                if (value.ValueKind != JsonValueKind.Array)
                {
                    faults.Add(WrongType(pointer, "a list"));
                    break;
                }

                var index = 0;
                foreach (var element in value.EnumerateArray())
                {
                    var place = string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index++}");
                    // No list of the interface has holes; the serializer would let them through.
                    if (element.ValueKind == JsonValueKind.Null) faults.Add(WrongType(place, "a value"));
                    else Inspect(element, info.ElementType!, place, faults);
                }

                break;
            case JsonTypeInfoKind.Dictionary when value.ValueKind != JsonValueKind.Object:
                faults.Add(WrongType(pointer, "an object"));
                break;
            case JsonTypeInfoKind.None:
                InspectValue(value, type, pointer, faults);
                break;
        }
    }

    private static void InspectObject(JsonElement value, JsonTypeInfo info, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(WrongType(pointer, "an object"));
            return;
        }

        var members = info.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null).ToDictionary(p => p.Name);
        var seen = new HashSet<string>();
        foreach (var member in value.EnumerateObject())
        {
            if (NameOf(member) is not { } name)
            {
                faults.Add(new Fault(pointer, "malformed", "A field's name has half of a character."));
                continue;
            }

            var place = pointer + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            if (!members.TryGetValue(name, out var property))
            {
                faults.Add(new Fault(place, "unknown-field", $"There is no field '{name}' here."));
                continue;
            }

            seen.Add(name);
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                if (IsRequired(property)) faults.Add(Missing(place, name));
                continue;
            }

            var before = faults.Count;
            Inspect(member.Value, property.PropertyType, place, faults);
            if (faults.Count == before) InspectBounds(member.Value, property, place, faults);
        }

        foreach (var (name, property) in members)
            if (!seen.Contains(name) && IsRequired(property))
                faults.Add(Missing(pointer + "/" + name, name));
    }

    // An escaped half of a surrogate pair is valid by the grammar of JSON, but no text.
    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false };

    private static void InspectValue(JsonElement value, Type type, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        try
        {
            value.Deserialize(type, ApiJson.Options);
        }
        catch (JsonException)
        {
            faults.Add(type.IsEnum
                ? new Fault(pointer, "not-one-of", "One of: " + string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)) + ".")
                : WrongType(pointer, Expected(type)));
        }
    }

    private static void InspectBounds(JsonElement value, JsonPropertyInfo property, string pointer, ImmutableArray<Fault>.Builder faults)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
        if (text is not null && IsRequired(property) && string.IsNullOrWhiteSpace(text))
        {
            faults.Add(Missing(pointer, property.Name));
            return;
        }

        var attributes = property.AttributeProvider?.GetCustomAttributes(typeof(ValidationAttribute), true) ?? [];
        foreach (var rule in attributes.Cast<ValidationAttribute>())
        {
            var ok = rule switch
            {
                MaxLengthAttribute most when text is not null => text.Length <= most.Length,
                MaxLengthAttribute most when value.ValueKind == JsonValueKind.Array => value.GetArrayLength() <= most.Length,
                RangeAttribute when value.ValueKind == JsonValueKind.Number => rule.IsValid(value.GetInt32()),
                RegularExpressionAttribute when text is not null => rule.IsValid(text),
                _ => true,
            };
            if (!ok) faults.Add(new Fault(pointer, "out-of-range", rule.FormatErrorMessage(property.Name)) { Bounds = BoundsOf(rule) });
        }
    }

    private static FaultBounds? BoundsOf(ValidationAttribute rule) =>
        rule is RangeAttribute { Minimum: int least, Maximum: int most } ? FaultBounds.Of(least, most) : null;

    private static Fault Missing(string pointer, string name) => new(pointer, "required", $"'{name}' is required.");

    private static Fault WrongType(string pointer, string expected) => new(pointer, "wrong-type", $"Expected {expected}.");

    private static string Expected(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(DateTimeOffset) => "an instant (ISO 8601 with offset)",
        _ when type == typeof(DateOnly) => "a date (YYYY-MM-DD)",
        _ => "another kind of value",
    };
}
