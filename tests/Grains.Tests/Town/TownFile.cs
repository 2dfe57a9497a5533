using Microsoft.Data.Sqlite;

namespace OneStop.Grains.Tests;

/// <summary>A record in a folder of its own, gone after the test.</summary>
internal sealed class TownFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("onestop-");

    public string Database => Path.Combine(folder.FullName, "town.db");

    /// <summary>Every byte that was stored, the write-ahead log included.</summary>
    public IEnumerable<byte[]> StoredBytes() => folder.EnumerateFiles().Select(file =>
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    });

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
