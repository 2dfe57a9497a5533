using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneStop.Domain;

/// <summary>Writes an enum by its camelCase name, so that stored events and answers stay readable when members are added.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
