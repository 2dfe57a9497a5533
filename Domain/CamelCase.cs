using System.Text.Json;

namespace OneStop.Domain;

/// <summary>Names of enum members as they stand in answers and explanations.</summary>
public static class CamelCase
{
    /// <summary>The member's name in camelCase.</summary>
    public static string Of<TEnum>(TEnum member)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(member.ToString());
}
