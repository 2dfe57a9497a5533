using Orleans;
using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>The activations of one stateless identity: a call goes to an idle one, to a new one, or to the least busy.</summary>
internal sealed class StatelessWorkers(GrainRuntime runtime, GrainId id, GrainClass grainClass, Action<StatelessWorkers> onEnded) : ICallTarget
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private bool _ended;

    public bool TryReceive(Call call)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return false;
            }

            while (!Choose().TryReceive(call))
            {
                // The chosen one has just ended and is about to take itself off the list.
                _workers.RemoveAll(static w => w.HasEnded);
            }

            return true;
        }
    }

    public async Task EndAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Activation[] workers;
        lock (_gate)
        {
            workers = [.. _workers];
        }

        await Task.WhenAll(workers.Select(w => w.EndAsync(reason, cancellationToken)));
    }

    public IEnumerable<string> Describe()
    {
        lock (_gate)
        {
            return [.. _workers.SelectMany(static w => w.Describe())];
        }
    }

    private Activation Choose()
    {
        var best = _workers.MinBy(static w => w.Load);
        if (best is null || (best.Load > 0 && _workers.Count < grainClass.MaxWorkers))
        {
            best = new Activation(runtime, id, grainClass, Remove);
            _workers.Add(best);
        }

        return best;
    }

    private void Remove(Activation worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
            _ended = _workers.Count == 0;
            if (!_ended)
            {
                return;
            }
        }

        onEnded(this);
    }
}
