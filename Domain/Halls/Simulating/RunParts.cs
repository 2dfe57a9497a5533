namespace OneStop.Domain.Halls.Simulating;

/// <summary>A ticket in a run; instants and lengths are ticks.</summary>
internal struct RunTicket
{
    public long Taken;
    public long Occupies;
    public long Called;
    public int Service;
    public int Only;
    public int Counter;
    public Segment Segment;
    public bool Tracked;
    public bool IsProbe;
    public string? Rule;
}

/// <summary>A counter in a run.</summary>
internal sealed class RunCounter(int[] services, (int Service, SupportedService Support)[] supports, int allServices)
{
    public int[] Services { get; } = services;

    public (int Service, SupportedService Support)[] Supports { get; } = supports;

    public bool[] Serves { get; } = [.. Enumerable.Range(0, allServices).Select(services.Contains)];

    public (long From, long To)[] Open { get; set; } = [];

    public long BusyUntil { get; set; } = long.MinValue;

    public CallTurns TurnsBefore { get; set; }

    public long FreeAt { get; set; }

    public long IdleSince { get; set; }

    public CallTurns Turns { get; set; }

    public bool IsOpen(long now)
    {
        foreach (var (from, to) in Open)
            if (from <= now && now < to)
                return true;
        return false;
    }
}

/// <summary>Waiting lines of ticket indexes, one for each queue and segment, first in first out.</summary>
internal sealed class Lanes(int queues)
{
    public const int Segments = 3;

    private readonly int[] _heads = new int[queues * Segments];
    private readonly int[] _tails = new int[queues * Segments];
    private int[] _next = [];

    public void Clear(int tickets)
    {
        Array.Fill(_heads, -1);
        if (_next.Length < tickets) _next = new int[tickets];
    }

    public int Head(int lane) => _heads[lane];

    public void Add(int queue, Segment segment, int ticket)
    {
        var lane = (queue * Segments) + (int)segment;
        _next[ticket] = -1;
        if (_heads[lane] < 0) _heads[lane] = ticket;
        else _next[_tails[lane]] = ticket;
        _tails[lane] = ticket;
    }

    public int Take(int lane)
    {
        var ticket = _heads[lane];
        _heads[lane] = _next[ticket];
        return ticket;
    }
}
