namespace OneStop.Silo.Hosting;

/// <summary>The key that wraps the applicants' keys. Every process of a cluster is given the same one.</summary>
internal static class MasterKey
{
    /// <summary>The variable that holds it, base64.</summary>
    public const string Variable = "ONESTOP_MASTER_KEY";

    private const int Bytes = 32;

    /// <summary>The key: from the variable, otherwise the named file, otherwise the data folder, which makes one at the first start.</summary>
    /// <exception cref="StartException">It is not there or is none.</exception>
    public static byte[] Of(ServeOptions options, DataFolder folder)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return Parse(given, Variable);
        return options.MasterKeyFile is { } file ? Parse(Read(file), file) : folder.MasterKey();
    }

    /// <summary>The key of a record that is there already: from the variable or its folder; never made.</summary>
    /// <exception cref="StartException">There is none.</exception>
    public static byte[] OfRecord(string data)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return Parse(given, Variable);
        var file = DataFolder.MasterKeyFileIn(data);
        return File.Exists(file)
            ? Parse(Read(file), file)
            : throw new StartException($"A record is opened with the master key it was begun with: put it into {Path.GetFullPath(file)} or set {Variable}.");
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException("--master-key: " + e.Message);
        }
    }

    private static byte[] Parse(string text, string where)
    {
        var key = new byte[Bytes];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == Bytes
            ? key
            : throw new StartException($"{where}: a master key is {Bytes} random bytes written in base64, as 'openssl rand -base64 {Bytes}' makes it.");
    }
}

/// <summary>This cannot be started as it was asked for; the message says what to do.</summary>
internal sealed class StartException(string message) : Exception(message);
