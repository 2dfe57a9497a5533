using System.Collections.Immutable;
using System.Text;
using OneStop.Domain.Catalogue;

namespace OneStop.Silo.Hosting;

/// <summary>A folder with a town's definition, see <see cref="CatalogueFiles"/>.</summary>
internal static class CatalogueFolder
{
    // A city of 467 items has about a thousand files.
    private const int MostFiles = 20_000;
    private const int MostBytes = 256 << 20;

    /// <summary>Reads it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="town">The definition; null when there are faults.</param>
    /// <returns>Every fault, each as a line with its file and place; empty when there is none.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ImmutableArray<string> Read(string path, out TownDefinition? town)
    {
        town = null;
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var bytes = 0L;
        foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            if (file.Name.StartsWith('.')) continue;
            bytes += file.Length;
            if (files.Count >= MostFiles || bytes > MostBytes)
                return [$"{path}: too-large: a catalogue has at most {MostFiles} files of {MostBytes >> 20} MB together."];
            files[Path.GetRelativePath(path, file.FullName).Replace(Path.DirectorySeparatorChar, '/')] = File.ReadAllText(file.FullName);
        }

        return [.. CatalogueFiles.Read(files, out town).Select(fault => Path.Combine(path, fault.ToString()))];
    }

    /// <summary>Writes it; files that are there already are replaced.</summary>
    /// <returns>How many files were written.</returns>
    public static int Write(string path, TownDefinition town)
    {
        var files = CatalogueFiles.Write(town);
        foreach (var (name, text) in files)
        {
            var file = Path.GetFullPath(Path.Combine(path, name));
            if (!file.StartsWith(Path.GetFullPath(path) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new IOException($"'{name}' is no name for a file.");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text, new UTF8Encoding(false));
        }

        return files.Count;
    }
}
