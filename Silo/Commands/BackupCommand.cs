using System.CommandLine;
using System.Globalization;
using OneStop.Grains.Records;
using OneStop.Journal.Backup;
using OneStop.Silo.Hosting;
using OneStop.Silo.Observability;

namespace OneStop.Silo.Commands;

/// <summary>Copies the record to a file while it is being served.</summary>
internal static class BackupCommand
{
    private const int Refused = 2;

    public static void AddTo(RootCommand root)
    {
        var file = new Argument<string>("FILE") { Description = "Where to write the backup; must not exist yet." };
        var data = new Option<string>("--data") { Description = "Folder that holds the record.", DefaultValueFactory = _ => "data" };
        var postgres = new Option<string?>("--postgres") { Description = "The record is in PostgreSQL: an Npgsql connection string." };
        var command = new Command("backup", "Copy the record to a file, of one instant, while it is being served. The master key is not in it: keep that apart.")
        {
            file, data, postgres,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.InvocationConfiguration, cancellation));
        root.Subcommands.Add(command);
    }

    private static async Task<int> RunAsync(string file, string data, string? postgres, InvocationConfiguration console, CancellationToken cancellation)
    {
        if (File.Exists(file))
        {
            await console.Error.WriteLineAsync($"{Path.GetFullPath(file)} is there already; choose another name.");
            return Refused;
        }

        var part = file + ".part";
        try
        {
            var summary = await WriteAsync(part, data, postgres, cancellation);
            File.Move(part, file);
            await LeaveTimeAsync(data, summary.TakenAt, cancellation);
            await console.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Streams} streams, {summary.Events} events, {summary.Rows} rows as of {summary.TakenAt:yyyy-MM-ddTHH:mm:ssK}, {new FileInfo(file).Length} bytes, sha256 {summary.Sha256}."));
            await console.Output.WriteLineAsync("The master key is not in the backup: without it the documents in it cannot be read. Keep it apart.");
            return 0;
        }
        catch (Exception e) when (e is BackupException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            await console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task<BackupSummary> WriteAsync(string part, string data, string? postgres, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var to = new FileStream(part, options);
        var summary = postgres is null
            ? await SqliteBackup.TakeAsync(DataFolder.DatabaseIn(data), Tables.All, to, TimeProvider.System, cancellation)
            : await PostgresBackup.TakeAsync(postgres, Tables.All, to, TimeProvider.System, cancellation);
        to.Flush(flushToDisk: true);
        return summary;
    }

    // A server that keeps this folder tells the time of the last backup among its figures.
    private static async Task LeaveTimeAsync(string data, DateTimeOffset takenAt, CancellationToken cancellation)
    {
        if (Directory.Exists(data))
            await File.WriteAllTextAsync(ProcessMeasures.LastBackupFile(data), takenAt.ToString("O", CultureInfo.InvariantCulture), cancellation);
    }
}
