using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Silo.WhatIfs;

/// <summary>Visitors of a day from a CSV file; every counter of the hall is open while they come and until all are served.</summary>
internal static class VisitsFile
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>Reads it.</summary>
    /// <exception cref="VisitsException">The file cannot be used; says where and why.</exception>
    public static RecordedDay Read(string file, HallDefinition hall)
    {
        using var stream = File.OpenRead(file);
        using var csv = CsvReader.Create(stream, new CsvReaderOptions { TrackLineNumbers = true }, true);
        var visits = ImmutableArray.CreateBuilder<RecordedVisit>();
        try
        {
            csv.ReadHeader();
            var columns = csv.Headers.Select((name, i) => (name.Trim(), i)).ToDictionary(c => c.Item1, c => c.i);
            foreach (var required in new[] { "taken_at", "service", "seconds" })
                if (!columns.ContainsKey(required)) throw new VisitsException($"{file} has no column '{required}'.");
            while (csv.Read())
                visits.Add(new RecordedVisit(VisitOf(hall, csv.LineNumber, name => columns.TryGetValue(name, out var i) ? csv.GetString(i) : null), null));
        }
        catch (Exception e) when (e is CsvFormatException or InvalidOperationException)
        {
            throw new VisitsException($"{file} is not CSV with a header: {e.Message}");
        }

        if (visits.Count == 0) throw new VisitsException($"{file} has no visitors.");
        var from = visits.Min(v => v.Visit.TakenAt);
        var open = new OpenInterval(from, visits.Max(v => v.Visit.TakenAt) + Longest);
        return new RecordedDay(
            hall.Policy,
            [.. hall.Counters.Select(c => new CounterPlan(c.Id, c.Services, c.Supports, [open]))],
            [.. visits.OrderBy(v => v.Visit.TakenAt)]);
    }

    private static Visit VisitOf(HallDefinition hall, long line, Func<string, string?> value)
    {
        var service = value("service") ?? "";
        if (hall.Services.All(s => s.Id != service)) throw new VisitsException($"line {line}: the hall has no service '{service}'.");
        if (!DateTimeOffset.TryParse(value("taken_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var taken))
            throw new VisitsException($"line {line}: taken_at is an instant (ISO 8601 with offset).");
        if (!double.TryParse(value("seconds"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || !(seconds >= 0 && seconds <= Longest.TotalSeconds))
            throw new VisitsException($"line {line}: seconds is 0 to {Longest.TotalSeconds}.");
        return new Visit(taken, service, SegmentOf(line, value("segment")), TimeSpan.FromSeconds(seconds), value("no_show") is "true" or "1");
    }

    private static Segment SegmentOf(long line, string? word)
    {
        if (string.IsNullOrEmpty(word)) return Segment.Ordinary;
        foreach (var segment in Enum.GetValues<Segment>())
            if (CamelCase.Of(segment) == word)
                return segment;
        throw new VisitsException($"line {line}: segment is one of {string.Join(", ", Enum.GetValues<Segment>().Select(CamelCase.Of))}.");
    }
}

/// <summary>A what-if that cannot be asked.</summary>
internal sealed class VisitsException(string message) : Exception(message);
