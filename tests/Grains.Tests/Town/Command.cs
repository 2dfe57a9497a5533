using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OneStop.Domain;
using OneStop.Grains.Interfaces;

namespace OneStop.Grains.Tests;

/// <summary>Commands as the edge makes them.</summary>
internal static class Command
{
    private static long made;

    /// <summary>A command under an id of its own.</summary>
    public static CommandInfo By(string actor) => new(actor, NewId(), Hash(""), MayRepeat: false, actor);

    /// <summary>A command under a key that its caller chose.</summary>
    public static CommandInfo Keyed(string actor, string key, string body = "") => new(actor, key, Hash(body), MayRepeat: true, actor);

    /// <summary>An id nobody else has.</summary>
    public static string NewId() => "id" + Interlocked.Increment(ref made).ToString(CultureInfo.InvariantCulture);

    /// <summary>A code for a display that no other shows.</summary>
    public static string NewCode() => Interlocked.Increment(ref made).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>The code with which a command is refused.</summary>
    public static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAsync<OneStopException>(act)).Code;

    private static string Hash(string body) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
