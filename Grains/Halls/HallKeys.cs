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

    public static string DisplaysStream(string hall) => "displays/" + hall;

    public static string BookStream(string key) => $"appointments/{key}";

    public static string BookKey(string hall, string service, DateOnly day) => $"{hall}/{service}/{Day(day)}";

    public static (string Hall, string Service, DateOnly Day) ParseBook(string key)
    {
        var parts = key.Split('/');
        return (parts[0], parts[1], DateOnly.ParseExact(parts[2], "O", CultureInfo.InvariantCulture));
    }

    /// <summary>The key of the actor whose stream of a day this is.</summary>
    public static string KeyOfDayStream(string stream) => stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..stream.LastIndexOf('/')];

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
