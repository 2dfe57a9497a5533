using System.Globalization;
using System.Text.Json;
using OneStop.Domain.Halls;
using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>Tickets to rows and back.</summary>
internal static class TicketRow
{
    public static RowChange Put(Ticket ticket) => RowChange.Put(
        Tables.Tickets,
        ticket.Id,
        ticket.Hall,
        ticket.Service,
        ticket.Day.ToString("O", CultureInfo.InvariantCulture),
        ticket.Number,
        Word(ticket.Segment),
        Word(ticket.State),
        ticket.IsActive,
        ticket.TakenAt.Micros(),
        ticket.CalledAt?.Micros(),
        ticket.StartedAt?.Micros(),
        ticket.EndedAt?.Micros(),
        ticket.Counter,
        ticket.Clerk,
        (long)ticket.Calls,
        ticket.Outcome,
        ticket.Language,
        ticket.Previous,
        ticket.FirstCalledAt?.Micros(),
        ticket.OnlyCounter,
        ticket.Estimated?.P50,
        ticket.Estimated?.P90,
        ticket.Appointment,
        ticket.Pool);

    public static Ticket Read(Row row) => new(
        row.Text("id"),
        row.Text("number"),
        row.Text("hall"),
        row.Text("service"),
        DateOnly.ParseExact(row.Text("day"), "O", CultureInfo.InvariantCulture),
        Value<Segment>(row.Text("segment")),
        row.Text("language"),
        row.Integer("taken_at").Instant())
    {
        State = Value<TicketState>(row.Text("state")),
        Counter = row.TextOrNull("counter"),
        Clerk = row.TextOrNull("clerk"),
        CalledAt = row.IntegerOrNull("called_at")?.Instant(),
        StartedAt = row.IntegerOrNull("started_at")?.Instant(),
        EndedAt = row.IntegerOrNull("ended_at")?.Instant(),
        Calls = (int)row.Integer("calls"),
        Outcome = row.TextOrNull("outcome"),
        Previous = row.TextOrNull("previous"),
        Appointment = row.TextOrNull("appointment"),
        FirstCalledAt = row.IntegerOrNull("first_called_at")?.Instant(),
        OnlyCounter = row.TextOrNull("only_counter"),
        Pool = row.TextOrNull("only_pool"),
        Estimated = row.IntegerOrNull("estimated_p50") is { } p50 && row.IntegerOrNull("estimated_p90") is { } p90 ? new WaitEstimate(p50, p90) : null,
    };

    // The words of API.md stand in the database too, so that reports need no table of numbers.
    private static string Word<T>(T value)
        where T : struct, Enum => JsonSerializer.SerializeToElement(value, EventCodec.Json).GetString()!;

    private static T Value<T>(string word)
        where T : struct, Enum => JsonSerializer.SerializeToElement(word).Deserialize<T>(EventCodec.Json);
}
