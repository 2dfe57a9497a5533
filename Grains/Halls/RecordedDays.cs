using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Simulating;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Halls;

/// <summary>Reads a hall's past days from the record.</summary>
public static class RecordedDays
{
    private const int MostTickets = 100_000;

    /// <summary>The day as it was.</summary>
    /// <param name="journal">The record.</param>
    /// <param name="hall">The hall.</param>
    /// <param name="day">Its day.</param>
    /// <param name="now">Now; a day that has not ended counts up to now.</param>
    /// <exception cref="OneStopException"><c>unknown-day</c>: nobody came.</exception>
    public static async ValueTask<RecordedDay> ReadAsync(IJournal journal, HallDefinition hall, DateOnly day, DateTimeOffset now)
    {
        var rows = await journal.QueryAsync(new RowQuery(Tables.Tickets)
        {
            Where = [new("hall", RowOperator.Equal, hall.Id), new("day", RowOperator.Equal, day.ToString("O", CultureInfo.InvariantCulture))],
            Limit = MostTickets,
        });
        var events = new Dictionary<string, ImmutableArray<CounterEvent>>();
        foreach (var counter in hall.Counters)
        {
            var content = await journal.ReadAsync(HallKeys.CounterStream(HallKeys.Of(hall.Id, counter.Id), day), withSnapshot: false);
            events[counter.Id] = [.. content.Events.Select(stored => (CounterEvent)EventCodec.Decode(stored))];
        }

        var end = hall.MidnightAfter(day);
        var recorded = RecordedDay.Of(hall, rows.Select(TicketRow.Read), events, now < end ? now : end);
        return recorded.Visits.IsEmpty ? throw Refusals.Unknown("day", day.ToString("O", CultureInfo.InvariantCulture)) : recorded;
    }
}
