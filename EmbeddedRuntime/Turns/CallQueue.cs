namespace OneStop.EmbeddedRuntime;

/// <summary>The calls that wait for an activation, oldest first, linked through the calls themselves.</summary>
internal sealed class CallQueue
{
    private Call? _first;
    private Call? _last;
    private int _eager;

    public int Count { get; private set; }

    public IEnumerable<Call> Calls
    {
        get
        {
            for (var call = _first; call is not null; call = call.Next)
            {
                yield return call;
            }
        }
    }

    public void Add(Call call)
    {
        call.Next = null;
        if (_last is null)
        {
            _first = call;
        }
        else
        {
            _last.Next = call;
        }

        _last = call;
        Count++;
        _eager += call.MayOvertake ? 1 : 0;
    }

    /// <summary>Takes the oldest call that may start now.</summary>
    public Call? Take(Func<Call, bool> mayStart)
    {
        Call? before = null;
        var eagerLeft = _eager;
        for (var call = _first; call is not null; before = call, call = call.Next)
        {
            if (mayStart(call))
            {
                Remove(before, call);
                return call;
            }

            eagerLeft -= call.MayOvertake ? 1 : 0;
            if (eagerLeft == 0)
            {
                // Behind a plain call that has to wait only the eager ones can start: a long queue is not walked for nothing.
                return null;
            }
        }

        return null;
    }

    /// <summary>Takes everything.</summary>
    public List<Call> TakeAll()
    {
        var all = Calls.ToList();
        _first = _last = null;
        Count = _eager = 0;
        all.ForEach(static c => c.Next = null);
        return all;
    }

    private void Remove(Call? before, Call call)
    {
        if (before is null)
        {
            _first = call.Next;
        }
        else
        {
            before.Next = call.Next;
        }

        if (ReferenceEquals(_last, call))
        {
            _last = before;
        }

        call.Next = null;
        Count--;
        _eager -= call.MayOvertake ? 1 : 0;
    }
}
