using System.Security.Cryptography;

namespace OneStop.Silo.Hosting;

/// <summary>The folder that holds everything an installation of one machine keeps.</summary>
/// <param name="path">Its path; made when missing.</param>
public sealed class DataFolder(string path)
{
    private const int KeyBytes = 32;

    private readonly DirectoryInfo folder = Directory.CreateDirectory(path);

    /// <summary>The journal.</summary>
    public string Database => DatabaseIn(folder.FullName);

    /// <summary>A journal that is still being imported; it takes the journal's place when it is whole.</summary>
    public string Import => Database + ".import";

    /// <summary>Keys that protect sessions.</summary>
    public DirectoryInfo SessionKeys => folder.CreateSubdirectory("session-keys");

    /// <summary>The file in a folder that holds the journal.</summary>
    public static string DatabaseIn(string folder) => Path.Combine(folder, "onestop.db");

    /// <summary>The file in a folder that holds the key that wraps the applicants' keys.</summary>
    public static string MasterKeyFileIn(string folder) => Path.Combine(folder, "master.key");

    /// <summary>The key that wraps the applicants' keys; made at the first start and readable by its owner only.</summary>
    public byte[] MasterKey()
    {
        var file = MasterKeyFileIn(folder.FullName);
        if (File.Exists(file)) return Convert.FromBase64String(File.ReadAllText(file));
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, System.Text.Encoding.ASCII, options);
        writer.Write(Convert.ToBase64String(key));
        return key;
    }
}
