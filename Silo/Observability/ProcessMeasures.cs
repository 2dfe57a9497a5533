using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using OneStop.Silo.Hosting;

namespace OneStop.Silo.Observability;

/// <summary>Meter <c>OneStop.Process</c>: which program this is, and when its record was last backed up.</summary>
internal sealed class ProcessMeasures : IDisposable
{
    private readonly Meter meter = new("OneStop.Process");

    public ProcessMeasures(string dataFolder)
    {
        var version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);
        KeyValuePair<string, object?>[] build = [new("version", version), new("runtime", GrainHosting.Runtime)];
        meter.CreateObservableGauge("onestop.build.info", () => new Measurement<int>(1, build), description: "Always 1; the labels tell the program.");
        meter.CreateObservableGauge("onestop.backup.last_success_timestamp", () => LastBackup(dataFolder), "s", "When the record was last backed up, in seconds since 1970.");
    }

    /// <summary>The file in a data folder in which a backup leaves its time.</summary>
    public static string LastBackupFile(string dataFolder) => Path.Combine(dataFolder, "last-backup");

    public void Dispose() => meter.Dispose();

    // Without a backup there is no figure: an alert on its absence is another than one on its age.
    private static IEnumerable<Measurement<double>> LastBackup(string dataFolder)
    {
        var file = LastBackupFile(dataFolder);
        return File.Exists(file) && DateTimeOffset.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var at)
            ? [new Measurement<double>(at.ToUnixTimeSeconds())]
            : [];
    }
}
