using System.CommandLine;
using OneStop.Journal;
using OneStop.Silo.Archive;
using OneStop.Silo.Hosting;

namespace OneStop.Silo.Commands;

/// <summary>Walks the whole record and says whether it is whole.</summary>
internal static class VerifyCommand
{
    public static void AddTo(RootCommand root)
    {
        var data = new Option<string>("--data") { Description = "Folder that holds the record.", DefaultValueFactory = _ => "data" };
        var postgres = new Option<string?>("--postgres") { Description = "The record is in PostgreSQL: an Npgsql connection string." };
        var export = new Option<string?>("--export") { Description = "Check the file of one archived case instead, by what stands in it." };
        var command = new Command("verify", "Check that the record is whole: every stream's hash chain, from its first event to its head, and every file that events refer to.");
        command.Options.Add(data);
        command.Options.Add(postgres);
        command.Options.Add(export);
        command.SetAction((parsed, cancellation) => parsed.GetValue(export) is { } file
            ? Task.FromResult(CheckExport(file, parsed.InvocationConfiguration))
            : RunAsync(parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.InvocationConfiguration, cancellation));
        root.Subcommands.Add(command);
    }

    private static int CheckExport(string file, InvocationConfiguration console)
    {
        try
        {
            var export = ExportCheck.Read(file);
            var faults = ExportCheck.Faults(export).ToList();
            foreach (var fault in faults) console.Output.WriteLine(fault);
            console.Output.WriteLine($"{export.Stream}: {export.Events.Length} events, {faults.Count} faults, last hash {export.Hash}.");
            return faults.Count == 0 ? 0 : 1;
        }
        catch (StartException e)
        {
            console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static async Task<int> RunAsync(string data, string? postgres, InvocationConfiguration console, CancellationToken cancellation)
    {
        try
        {
            await using var journal = await KeptRecord.OpenAsync(data, postgres, cancellation);
            var report = await journal.VerifyAsync(cancellationToken: cancellation);
            foreach (var fault in report.Faults) await console.Output.WriteLineAsync($"{fault.Stream} {fault.Seq}: {fault.What}");
            await console.Output.WriteLineAsync($"{report.Streams} streams, {report.Events} events, {report.Files} files and {report.ErasedFiles} erased ones, {report.Faults.Length} faults.");
            return report.Faults.IsEmpty ? 0 : 1;
        }
        catch (Exception e) when (e is StartException or JournalSchemaException)
        {
            await console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
