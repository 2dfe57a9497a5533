using System.Collections.Immutable;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Halls;

/// <summary>What a new definition of the town would do to visitors who are in its halls: nobody's ticket is lost by it and no number is given twice.</summary>
public static class HallChange
{
    /// <summary>Halls whose tickets have to be looked at before the change: those where something is taken away or a prefix moves.</summary>
    public static ImmutableArray<HallDefinition> Concerned(TownDefinition before, TownDefinition after) =>
    [
        .. before.Halls.Where(hall => after.Halls.FirstOrDefault(h => h.Id == hall.Id) is not { } next
            || !hall.Services.All(s => next.Services.Any(n => n.Id == s.Id && n.Prefix == s.Prefix))
            || !hall.Pools.All(p => next.Pools.Any(n => n.Id == p.Id))
            || !hall.Counters.All(c => next.Counters.FirstOrDefault(n => n.Id == c.Id) is { } kept && c.Services.All(kept.Services.Contains))),
    ];

    /// <summary>Everything in the change that today's tickets of a hall stand against.</summary>
    /// <param name="before">The hall as it is.</param>
    /// <param name="after">The hall as it shall be; null when it is taken away.</param>
    /// <param name="today">The hall's tickets of today, also those that have come to an end.</param>
    public static ImmutableArray<string> Obstacles(HallDefinition before, HallDefinition? after, ImmutableArray<Ticket> today)
    {
        var open = today.Where(t => t.State is TicketState.Waiting or TicketState.Held || t.IsActive).ToArray();
        if (after is null) return open.Length == 0 ? [] : [$"{open.Length} visitors are in hall '{before.Id}'"];
        var obstacles = ImmutableArray.CreateBuilder<string>();
        foreach (var service in before.Services)
        {
            var waiting = open.Count(t => t.State == TicketState.Waiting && t.Service == service.Id);
            var served = after.Services.Any(s => s.Id == service.Id) && after.Counters.Any(c => c.Services.Contains(service.Id));
            if (waiting > 0 && !served) obstacles.Add($"{waiting} visitors wait for '{service.Id}' in hall '{before.Id}'");
            if (after.Services.FirstOrDefault(s => s.Prefix == service.Prefix && s.Id != service.Id) is { } heir && today.Any(t => HasPrefix(t, service.Prefix)))
                obstacles.Add($"numbers {service.Prefix}… were given for '{service.Id}' today and cannot be given for '{heir.Id}'");
        }

        foreach (var counter in before.Counters)
        {
            var next = after.Counters.FirstOrDefault(c => c.Id == counter.Id);
            var there = open.Count(t => t.State == TicketState.Waiting ? t.OnlyCounter == counter.Id && next?.Services.Contains(t.Service) != true : t.Counter == counter.Id && next is null);
            if (there > 0) obstacles.Add($"{there} visitors are at counter '{counter.Id}' of hall '{before.Id}' or wait for it");
        }

        foreach (var pool in before.Pools.Where(p => after.Pools.All(n => n.Id != p.Id)))
            if (open.Count(t => t.State == TicketState.Waiting && t.Pool == pool.Id) is > 0 and var kept)
                obstacles.Add($"{kept} visitors wait for pool '{pool.Id}' of hall '{before.Id}'");
        return obstacles.ToImmutable();
    }

    /// <summary>The refusal of a change; null when nothing stands against it.</summary>
    public static OneStopException? Refusal(ImmutableArray<string> obstacles) => obstacles.IsEmpty
        ? null
        : Refusals.Conflict("in-use", $"Try again when nobody is there any more: {string.Join("; ", obstacles)}.");

    private static bool HasPrefix(Ticket ticket, string prefix) =>
        ticket.Number.Length > prefix.Length && ticket.Number.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(ticket.Number[prefix.Length]);
}
