namespace OneStop.EmbeddedRuntime;

/// <summary>
/// Timers by instant and, within an instant, by number. A timer that is set anew leaves its old entry behind; entries left behind are skipped when they
/// come up and swept when they are the majority.
/// </summary>
internal sealed class TimerQueue
{
    private PriorityQueue<(VirtualTimer Timer, int Setting), (long At, long Number)> _entries = new();
    private int _leftBehind;

    public long? NextDue
    {
        get
        {
            while (_entries.TryPeek(out var entry, out var place))
            {
                if (IsCurrent(entry))
                {
                    return place.At;
                }

                _entries.Dequeue();
                _leftBehind--;
            }

            return null;
        }
    }

    public void Add(VirtualTimer timer, long at)
    {
        timer.Armed = true;
        _entries.Enqueue((timer, ++timer.Setting), (at, timer.Number));
    }

    public void Remove(VirtualTimer timer)
    {
        if (!timer.Armed)
        {
            return;
        }

        timer.Armed = false;
        if (++_leftBehind > 64 && _leftBehind > _entries.Count / 2)
        {
            _entries = new(_entries.UnorderedItems.Where(static e => IsCurrent(e.Element)).Select(static e => (e.Element, e.Priority)));
            _leftBehind = 0;
        }
    }

    /// <summary>Takes all timers due until then, in order.</summary>
    public List<VirtualTimer> TakeDue(long until)
    {
        var due = new List<VirtualTimer>();
        while (NextDue <= until)
        {
            var timer = _entries.Dequeue().Timer;
            timer.Armed = false;
            due.Add(timer);
        }

        return due;
    }

    private static bool IsCurrent((VirtualTimer Timer, int Setting) entry) => entry.Timer.Armed && entry.Timer.Setting == entry.Setting;
}
