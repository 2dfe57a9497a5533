namespace OneStop.Silo.Hosting;

/// <summary>The master key where it is kept; unlike the first start of a server, nothing here makes one.</summary>
internal static class KeptMasterKey
{
    /// <summary>The environment variable that holds it in base64.</summary>
    public const string Variable = "ONESTOP_MASTER_KEY";

    /// <summary>The key from the environment or from the folder; null when there is none.</summary>
    /// <exception cref="FormatException">It is not base64.</exception>
    public static byte[]? Find(string folder)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return Convert.FromBase64String(given.Trim());
        var file = Path.Combine(folder, "master.key");
        return File.Exists(file) ? Convert.FromBase64String(File.ReadAllText(file)) : null;
    }
}
