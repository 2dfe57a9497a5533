using System.IO.Compression;

namespace OneStop.Silo.Replay;

/// <summary>Opens an event log by its name: CSV or XES, also compressed by gzip.</summary>
internal static class LogFile
{
    public static EventLog Read(string path, LogFormat format)
    {
        if (!File.Exists(path)) throw new LogException($"There is no file {path}.");
        using var file = File.OpenRead(path);
        var name = path;
        Stream stream = file;
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            stream = new GZipStream(file, CompressionMode.Decompress);
            name = name[..^3];
        }

        try
        {
            if (name.EndsWith(".xes", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
                return XesLog.Read(stream, format);
            return CsvLog.Read(stream, format);
        }
        catch (InvalidDataException e)
        {
            throw new LogException($"The file cannot be decompressed: {e.Message}");
        }
    }
}
