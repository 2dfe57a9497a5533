using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Simulating;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Halls;
using OneStop.Journal;
using OneStop.Silo.Hosting;
using OneStop.Silo.WhatIfs;

namespace OneStop.Silo.Commands;

/// <summary>Replays a hall's day with other counters or another policy (H13).</summary>
internal static class WhatIfCommand
{
    private const int Refused = 2;

    public static void AddTo(RootCommand root)
    {
        var data = new Option<string>("--data") { Description = "Folder that holds the record.", DefaultValueFactory = _ => "data" };
        var postgres = new Option<string?>("--postgres") { Description = "The record is in PostgreSQL: an Npgsql connection string." };
        var hall = new Option<string>("--hall") { Description = "The hall.", Required = true };
        var day = new Option<string?>("--day") { Description = "The day, YYYY-MM-DD." };
        var visits = new Option<string?>("--visits") { Description = "Instead of a day, a CSV file: taken_at,service,segment,seconds (and no_show)." };
        var counters = new Option<int?>("--counters") { Description = "How many counters would have been open." };
        var policy = new Option<string?>("--policy") { Description = "File with another policy, as JSON." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("what-if", "Replay a hall's day with other counters or another policy, and compare the waits.")
        {
            data, postgres, hall, day, visits, counters, policy, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var console = parsed.InvocationConfiguration;
            try
            {
                return await RunAsync(
                    parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(hall)!, parsed.GetValue(day), parsed.GetValue(visits),
                    new WhatIfWish(parsed.GetValue(counters), PolicyOf(parsed.GetValue(policy))), parsed.GetValue(json), console, cancellation);
            }
            catch (Exception e) when (e is OneStopException or StartException or JournalSchemaException or VisitsException or IOException or UnauthorizedAccessException)
            {
                await console.Error.WriteLineAsync(e.Message);
                if (e is OneStopException { Faults: { IsDefaultOrEmpty: false } faults })
                    foreach (var fault in faults) await console.Error.WriteLineAsync($"{fault.Pointer}: {fault.Message}");
                return Refused;
            }
        });
        root.Subcommands.Add(command);
    }

    private static CallPolicy? PolicyOf(string? file)
    {
        if (file is null) return null;
        try
        {
            return JsonSerializer.Deserialize<CallPolicy>(File.ReadAllText(file), JsonSerializerOptions.Web) ?? throw new VisitsException(file + " holds no policy.");
        }
        catch (JsonException e)
        {
            throw new VisitsException($"{file} holds no policy: {e.Message}");
        }
    }

    private static async Task<int> RunAsync(
        string data, string? postgres, string hallId, string? day, string? visits, WhatIfWish wish, bool json, InvocationConfiguration console, CancellationToken cancellation)
    {
        if (day is null == visits is null) throw new VisitsException("Give either --day or --visits.");
        await using var journal = await KeptRecord.OpenAsync(data, postgres, cancellation);
        var definitions = new Definitions();
        await definitions.ReadAsync(journal, cancellation);
        var hall = definitions.Hall(hallId);
        var recorded = visits is not null
            ? VisitsFile.Read(visits, hall)
            : await RecordedDays.ReadAsync(journal, hall, DayOf(day!), TimeProvider.System.GetUtcNow());
        var answer = WhatIf.Compare(recorded, wish.ChangeOf(hall, recorded), hall.WaitingLimit);
        if (json) await console.Output.WriteLineAsync(JsonSerializer.Serialize(answer, JsonSerializerOptions.Web));
        else Print(answer, console.Output);
        return 0;
    }

    private static DateOnly DayOf(string day) => DateOnly.TryParseExact(day, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known)
        ? known
        : throw new VisitsException("--day is a day: YYYY-MM-DD.");

    private static void Print(WhatIfAnswer answer, TextWriter to)
    {
        to.WriteLine($"{"",-12}{"called",8}{"never",8}{"mean s",9}{"P50 s",9}{"P90 s",9}{"longest",9}{"too long",10}");
        foreach (var (name, f) in new[] { ("recorded", answer.Recorded), ("replayed", answer.Replayed), ("changed", answer.Changed) })
        {
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-12}{f.Called,8}{f.NeverCalled,8}{f.Mean,9:N0}{f.P50,9:N0}{f.P90,9:N0}{f.Longest,9:N0}{f.OverLimit,10}"));
        }
    }
}
