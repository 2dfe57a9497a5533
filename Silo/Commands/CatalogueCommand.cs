using System.CommandLine;
using OneStop.Domain.Catalogue;
using OneStop.Grains.Catalogue;
using OneStop.Journal;
using OneStop.Silo.Hosting;
using OneStop.Silo.Sample;

namespace OneStop.Silo.Commands;

/// <summary>The catalogue as a folder: checks it, or writes the one in force.</summary>
internal static class CatalogueCommand
{
    private const int Refused = 2;

    public static void AddTo(RootCommand root)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder." };
        var check = new Command("check", "Say everything that is wrong with a catalogue: file, place, code and why.") { folder };
        check.SetAction((parsed, _) => CheckAsync(parsed.GetValue(folder)!, parsed.InvocationConfiguration));

        var data = new Option<string>("--data") { Description = "Folder that holds the record.", DefaultValueFactory = _ => "data" };
        var postgres = new Option<string?>("--postgres") { Description = "The record is in PostgreSQL: an Npgsql connection string." };
        var sample = new Option<bool>("--sample") { Description = "Write the sample town instead, to begin from." };
        var export = new Command("export", "Write the catalogue in force into a folder.") { folder, data, postgres, sample };
        export.SetAction((parsed, cancellation) => ExportAsync(
            parsed.GetValue(folder)!, parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(sample), parsed.InvocationConfiguration, cancellation));
        root.Subcommands.Add(new Command("catalogue", "Items, processes and forms as a folder.") { check, export });
    }

    private static async Task<int> CheckAsync(string folder, InvocationConfiguration console)
    {
        var faults = TownFile.Read(folder, out var town);
        foreach (var fault in faults) await console.Output.WriteLineAsync(fault);
        if (town is null) return Refused;
        await console.Output.WriteLineAsync(
            $"{town.Items.Length} items, {town.Processes.Length} processes, {town.Forms.Length} forms, {town.Departments.Length} departments, no faults.");
        return 0;
    }

    private static async Task<int> ExportAsync(string folder, string data, string? postgres, bool sample, InvocationConfiguration console, CancellationToken cancellation)
    {
        try
        {
            var town = sample ? SampleTown.Read() : await ReadAsync(data, postgres, cancellation);
            if (town is null)
            {
                await console.Error.WriteLineAsync(postgres is null ? $"No town is defined in {Path.GetFullPath(data)}." : "No town is defined there.");
                return Refused;
            }

            await console.Output.WriteLineAsync($"{CatalogueFolder.Write(folder, town)} files written to {Path.GetFullPath(folder)}.");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or StartException or JournalSchemaException)
        {
            await console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
    }

    private static async Task<TownDefinition?> ReadAsync(string data, string? postgres, CancellationToken cancellation)
    {
        await using var journal = await KeptRecord.OpenAsync(data, postgres, cancellation);
        return await CatalogueGrain.ReadAsync(journal);
    }
}
