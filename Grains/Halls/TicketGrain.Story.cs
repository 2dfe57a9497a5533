using System.Collections.Immutable;
using System.Text;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Halls;

/// <summary>The linked story of a ticket (H12), read from the record itself.</summary>
public sealed partial class TicketGrain
{
    // Who is redirected this often has been sent round in circles; the story ends there.
    private const int MostTickets = 20;

    /// <inheritdoc/>
    public async Task<ImmutableArray<TimelineEntry>> Story()
    {
        var ticket = await ReadAsync();
        for (var i = 0; i < MostTickets && ticket.Previous is { } previous && await FindAsync(previous) is { } before; i++) ticket = before;
        var found = new List<(StoredEvent Stored, string Stream)>();
        var next = ticket;
        for (var i = 0; i < MostTickets && next is not null; i++)
        {
            var continuedBy = await GatherAsync(next, found);
            next = continuedBy is null ? null : await FindAsync(continuedBy);
        }

        return [.. found.DistinctBy(f => (f.Stream, f.Stored.Seq)).OrderBy(f => f.Stored.At).Select((f, i) => new TimelineEntry(
            i + 1, f.Stored.At.Instant(), f.Stored.Actor, f.Stored.Type, Encoding.UTF8.GetString(f.Stored.Data)))];
    }

    /// <summary>Gathers what happened to one ticket.</summary>
    /// <returns>The ticket that continues it; null when none does.</returns>
    private async ValueTask<string?> GatherAsync(Ticket ticket, List<(StoredEvent, string)> found)
    {
        var hall = definitions.Hall(ticket.Hall);
        string? continuedBy = null;
        var counters = new SortedSet<string>(StringComparer.Ordinal);
        async ValueTask AddAsync(string stream)
        {
            foreach (var stored in (await journal.ReadAsync(stream, withSnapshot: false)).Events)
            {
                var e = EventCodec.Decode(stored);
                if (!TicketStory.Mentions(e, ticket.Id, ticket.Appointment)) continue;
                found.Add((stored, stream));
                if (e is TicketCalled called) counters.Add(called.Counter);
                if (e is TicketHandedOver over && over.TicketId == ticket.Id) continuedBy = over.ContinuedBy ?? continuedBy;
            }
        }

        if (ticket.Appointment is not null) await AddAsync(HallKeys.BookStream(HallKeys.BookKey(hall.Id, ticket.Service, ticket.Day)));
        foreach (var service in hall.Services) await AddAsync(HallKeys.QueueStream(HallKeys.Of(hall.Id, service.Id), ticket.Day));
        foreach (var counter in counters) await AddAsync(HallKeys.CounterStream(HallKeys.Of(hall.Id, counter), ticket.Day));
        await AddAsync("rating/" + ticket.Id);
        return continuedBy;
    }
}
