namespace OneStop.Domain.Halls.Simulating;

/// <summary>
/// The events of a hall one after another: visitors take tickets, counters open, call by the policy and are free again.
/// One run can be used for many futures; it keeps its memory, not its state.
/// </summary>
internal sealed class HallRun
{
    private readonly CallPolicy _policy;
    private readonly RunCounter[] _counters;
    private readonly Lanes _lanes;
    private readonly int _services;
    private readonly PriorityQueue<int, (long At, int Counter)> _events = new();
    private readonly CallCandidate[] _candidates;
    private readonly int[] _laneOf;
    private RunTicket[] _tickets = [];
    private int _toCall;

    public HallRun(CallPolicy policy, int services, RunCounter[] counters)
    {
        (_policy, _services, _counters) = (policy, services, counters);
        _lanes = new Lanes(services + counters.Length);
        var most = (services + 1) * Lanes.Segments;
        (_candidates, _laneOf) = (new CallCandidate[most], new int[most]);
    }

    /// <summary>Runs until nothing is left, <paramref name="stop"/> is reached or <paramref name="toCall"/> tracked tickets were called.</summary>
    /// <param name="tickets">In the order of being taken; the run writes into them.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="start">Tickets taken until then wait already; counters act from then.</param>
    /// <param name="stop">Nothing is called later.</param>
    /// <param name="toCall">How many tracked tickets to wait for.</param>
    public void Run(RunTicket[] tickets, int count, long start, long stop, int toCall = int.MaxValue)
    {
        (_tickets, _toCall) = (tickets, toCall);
        _lanes.Clear(count);
        _events.Clear();
        for (var c = 0; c < _counters.Length; c++) Begin(c, start);
        var next = 0;
        while (next < count && tickets[next].Taken <= start) Enqueue(next++);
        while (_toCall > 0)
        {
            var arrival = next < count ? tickets[next].Taken : long.MaxValue;
            var due = _events.TryPeek(out var counter, out var priority) ? priority.At : long.MaxValue;
            var now = Math.Min(arrival, due);
            if (now == long.MaxValue || now > stop) return;
            if (arrival <= due)
            {
                Enqueue(next);
                Offer(next++, now);
            }
            else
            {
                _events.Dequeue();
                if (_counters[counter].FreeAt <= now) Call(counter, now);
            }
        }
    }

    private void Begin(int c, long start)
    {
        var counter = _counters[c];
        counter.FreeAt = counter.BusyUntil;
        counter.Turns = counter.TurnsBefore;
        counter.IdleSince = long.MinValue;
        _events.Enqueue(c, (Math.Max(start, counter.BusyUntil), c));
        foreach (var (from, _) in counter.Open)
            if (from > start)
                _events.Enqueue(c, (from, c));
    }

    private void Enqueue(int ticket)
    {
        ref var t = ref _tickets[ticket];
        t.Called = long.MaxValue;
        t.Counter = -1;
        _lanes.Add(t.Only >= 0 ? _services + t.Only : t.Service, t.Segment, ticket);
    }

    // A ticket that comes to idle counters goes to the one idle longest; helpers come when no own counter is idle.
    private void Offer(int ticket, long now)
    {
        ref var t = ref _tickets[ticket];
        var best = -1;
        for (var c = 0; c < _counters.Length; c++)
        {
            if (!IsIdle(c, now) || !(t.Only >= 0 ? t.Only == c : _counters[c].Serves[t.Service])) continue;
            if (best < 0 || _counters[c].IdleSince < _counters[best].IdleSince) best = c;
        }

        if (best >= 0) Call(best, now);
        if (t.Only >= 0) return;
        for (var c = 0; c < _counters.Length && t.Called == long.MaxValue; c++)
            foreach (var (service, support) in _counters[c].Supports)
                if (service == t.Service && IsIdle(c, now))
                    _events.Enqueue(c, (now + support.WhenWaits.Ticks, c));
    }

    private bool IsIdle(int c, long now) => _counters[c].IdleSince != long.MinValue && _counters[c].IsOpen(now);

    private void Call(int c, long now)
    {
        var counter = _counters[c];
        while (counter.IsOpen(now))
        {
            var found = Candidates(c, now);
            if (found == 0)
            {
                if (counter.IdleSince == long.MinValue) counter.IdleSince = now;
                Remind(c, now);
                return;
            }

            var choice = _policy.Choose(_candidates.AsSpan(0, found), counter.Turns, now);
            ref var t = ref _tickets[_lanes.Take(_laneOf[choice.Index])];
            (t.Called, t.Counter, t.Rule) = (now, c, choice.Rule);
            if (t.Tracked && --_toCall == 0) return;
            // A probe learns when it would be called and leaves no trace.
            if (t.IsProbe) continue;
            counter.Turns = counter.Turns.After(t.Segment, choice.Rule == CallRule.Ratio);
            counter.FreeAt = now + t.Occupies;
            counter.IdleSince = long.MinValue;
            _events.Enqueue(c, (counter.FreeAt, c));
            return;
        }

        counter.IdleSince = long.MinValue;
    }

    private int Candidates(int c, long now)
    {
        var counter = _counters[c];
        var found = 0;
        foreach (var service in counter.Services) found = Heads(service, found);
        found = Heads(_services + c, found);
        var ownWait = found > 0;
        foreach (var (service, support) in counter.Supports)
            if (Oldest(service) is var oldest and < long.MaxValue && support.Applies(oldest, ownWait, now))
                found = Heads(service, found);
        return found;
    }

    private int Heads(int queue, int found)
    {
        for (var lane = queue * Lanes.Segments; lane < (queue + 1) * Lanes.Segments; lane++)
        {
            if (_lanes.Head(lane) is not (>= 0 and var head)) continue;
            _candidates[found] = new CallCandidate(_tickets[head].Segment, _tickets[head].Taken, "", "");
            _laneOf[found++] = lane;
        }

        return found;
    }

    private long Oldest(int queue)
    {
        var oldest = long.MaxValue;
        for (var lane = queue * Lanes.Segments; lane < (queue + 1) * Lanes.Segments; lane++)
            if (_lanes.Head(lane) is >= 0 and var head)
                oldest = Math.Min(oldest, _tickets[head].Taken);
        return oldest;
    }

    // An idle helper looks again when the oldest ticket of a service it helps out with has waited long enough.
    private void Remind(int c, long now)
    {
        foreach (var (service, support) in _counters[c].Supports)
            if (Oldest(service) is var oldest and < long.MaxValue && oldest + support.WhenWaits.Ticks > now)
                _events.Enqueue(c, (oldest + support.WhenWaits.Ticks, c));
    }
}
