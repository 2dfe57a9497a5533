using System.CommandLine;
using System.Globalization;
using OneStop.Journal;
using OneStop.Journal.Backup;
using OneStop.Silo.Hosting;

namespace OneStop.Silo.Commands;

/// <summary>Puts a backup into an empty folder or database.</summary>
internal static class RestoreCommand
{
    private const int Refused = 2;

    public static void AddTo(RootCommand root)
    {
        var file = new Argument<string>("FILE") { Description = "The backup." };
        var data = new Option<string>("--data") { Description = "Folder to hold the record, with its master.key in it.", DefaultValueFactory = _ => "data" };
        var postgres = new Option<string?>("--postgres") { Description = "Restore into PostgreSQL instead: an Npgsql connection string." };
        var command = new Command(
            "restore", "Put a backup into an empty folder or database, of either kind whichever it was taken from, and check that the record is whole.")
        {
            file, data, postgres,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.InvocationConfiguration, cancellation));
        root.Subcommands.Add(command);
    }

    private static async Task<int> RunAsync(string file, string data, string? postgres, InvocationConfiguration console, CancellationToken cancellation)
    {
        try
        {
            var key = MasterKey.OfRecord(data);
            await using var from = new FileStream(file, new FileStreamOptions { Options = FileOptions.Asynchronous });
            var options = Town.JournalOptions(key, TimeProvider.System);
            var summary = postgres is null
                ? await SqliteBackup.RestoreAsync(from, new DataFolder(data).Database, options, cancellation)
                : await PostgresBackup.RestoreAsync(from, postgres, options, cancellation);
            await console.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Streams} streams, {summary.Events} events, {summary.Rows} rows as of {summary.TakenAt:yyyy-MM-ddTHH:mm:ssK} restored; every chain is whole."));
            return 0;
        }
        catch (Exception e) when (e is BackupException or JournalSchemaException or IOException or UnauthorizedAccessException or ArgumentException or StartException)
        {
            await console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
    }
}
