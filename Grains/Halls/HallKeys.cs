using System.Globalization;

namespace OneStop.Grains.Halls;

/// <summary>Keys and stream names of a hall's actors.</summary>
internal static class HallKeys
{
    public static string Of(string hall, string part) => $"{hall}/{part}";

    public static (string Hall, string Part) Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (key[..slash], key[(slash + 1)..]);
    }

    public static string QueueStream(string key, DateOnly day) => $"queue/{key}/{Day(day)}";

    public static string CounterStream(string key, DateOnly day) => $"counter/{key}/{Day(day)}";

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
