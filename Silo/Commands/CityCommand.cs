using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OneStop.Domain;
using OneStop.Silo.City;
using OneStop.Silo.Hosting;

namespace OneStop.Silo.Commands;

/// <summary>Makes a city of 44 departments and 467 items and runs a year of it, to see the system at its size.</summary>
internal static class CityCommand
{
    private const int Refused = 2;
    private const int FirstYear = 2024;
    private const int LastYear = 2025;
    private const int MostThin = 152_000;

    public static void AddTo(RootCommand root)
    {
        var seed = new Option<int>("--seed") { Description = "Draws the city and everything that happens in it.", DefaultValueFactory = _ => 1 };
        var folder = new Argument<string>("DIR") { Description = "The folder." };
        var catalogue = new Command("catalogue", "Write the city's catalogue into a folder.") { folder, seed };
        catalogue.SetAction(parsed => Write(parsed.GetValue(folder)!, parsed.GetValue(seed), parsed.InvocationConfiguration));

        var thin = new Option<int>("--thin") { Description = "Run one of so many of the year's 1,520,000 cases.", DefaultValueFactory = _ => 1_000 };
        var year = new Option<int>("--year") { Description = "The year in which they come in: 2024 or 2025.", DefaultValueFactory = _ => LastYear };
        var data = new Option<string?>("--data") { Description = "Folder to keep the record in; it is dropped when not given." };
        var report = new Option<string?>("--report") { Description = "File to write the report to, as JSON." };
        var city = new Command("city", "Run a year of a generated city through the system's own grains under virtual time.") { catalogue, seed, thin, year, data, report };
        city.SetAction(parsed =>
        {
            var console = parsed.InvocationConfiguration;
            try
            {
                return Run(
                    Checked(parsed.GetValue(seed), parsed.GetValue(thin), parsed.GetValue(year)), parsed.GetValue(data), parsed.GetValue(report), console);
            }
            catch (Exception e) when (e is CityException or OneStopException or IOException or UnauthorizedAccessException)
            {
                console.Error.WriteLine(e.Message);
                return Refused;
            }
        });
        root.Subcommands.Add(city);
    }

    private static CityYear Checked(int seed, int thin, int year)
    {
        if (thin is < 1 or > MostThin) throw new CityException($"--thin is 1 to {MostThin}.");
        // The last cases end in the year after, whose working days have to be known.
        return year is < FirstYear or > LastYear ? throw new CityException($"--year is {FirstYear} to {LastYear}.") : new(seed, thin, year);
    }

    private static int Write(string folder, int seed, InvocationConfiguration console)
    {
        try
        {
            console.Output.WriteLine($"{CatalogueFolder.Write(folder, CityCatalogue.Of(seed))} files written to {Path.GetFullPath(folder)}.");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            console.Error.WriteLine(e.Message);
            return Refused;
        }
    }

    private static int Run(CityYear year, string? data, string? file, InvocationConfiguration console)
    {
        if (data is not null && File.Exists(DataFolder.DatabaseIn(data)))
            throw new CityException($"{Path.GetFullPath(data)} already holds a record; a city needs a folder of its own.");
        var scratch = data is null ? Directory.CreateTempSubdirectory("onestop-city-") : null;
        try
        {
            var kept = new DataFolder(data ?? scratch!.FullName);
            var clock = Stopwatch.StartNew();
            var report = Progress.Of("Cases that have ended", year.Cases, console, progress => CityRun.Run(year, kept, progress));
            clock.Stop();
            Print(report, console.Output);
            console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:N0} s, {report.Cases / clock.Elapsed.TotalSeconds:N0} cases a second."));
            if (file is not null) File.WriteAllText(file, report.Text() + Environment.NewLine);
            var differences = CityRecount.Differences(report, CityRecount.Of(kept.Database)).ToList();
            foreach (var difference in differences) console.Error.WriteLine(difference);
            if (differences.Count == 0) console.Output.WriteLine("Counted again in SQL over the record: the same.");
            return differences.Count == 0 ? 0 : 1;
        }
        finally
        {
            scratch?.Delete(recursive: true);
        }
    }

    private static void Print(CityReport report, TextWriter to)
    {
        void Line(string what, long count) => to.WriteLine($"{what,-28}{count.ToString("N0", CultureInfo.InvariantCulture),12}");
        Line("cases", report.Cases);
        Line("open", report.Open);
        foreach (var (name, counts) in report.Tables())
        {
            to.WriteLine(name);
            foreach (var (what, count) in counts) Line("  " + what, count);
        }
    }
}
