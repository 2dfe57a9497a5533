using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>The grains of one process: who is active, and how a call gets there.</summary>
internal sealed class GrainRuntime : IDisposable
{
    private readonly ConcurrentDictionary<GrainId, ICallTarget> _directory = new();
    private readonly GrainClasses _classes;
    private volatile bool _stopping;

    public GrainRuntime(
        IServiceProvider services,
        TimeProvider clock,
        GrainClasses classes,
        IEnumerable<IIncomingGrainCallFilter> filters,
        IOptions<GrainCollectionOptions> collection,
        IOptions<EmbeddedRuntimeOptions> options,
        ILogger<GrainRuntime> log)
    {
        Services = services;
        Clock = clock;
        Log = log;
        _classes = classes;
        Scheduler = options.Value.Scheduler;
        Filters = new CallFilters(filters);
        Collector = new IdleCollector(clock, collection.Value);
        References = new References(this, classes);
        (Scheduler as SimulationScheduler)?.AddReport(Describe);
    }

    public IServiceProvider Services { get; }

    public TimeProvider Clock { get; }

    public ILogger Log { get; }

    public CallFilters Filters { get; }

    public IdleCollector Collector { get; }

    public References References { get; }

    /// <summary>Where turns run; null for the thread pool.</summary>
    public TaskScheduler? Scheduler { get; }

    public void Send(GrainId id, Call call)
    {
        ICallTarget? target = null;
        Send(id, call, ref target);
    }

    /// <summary>Brings a call to its grain, which is activated for it if need be.</summary>
    /// <param name="id">The grain.</param>
    /// <param name="call">The call.</param>
    /// <param name="known">Where the last call to that grain went.</param>
    public void Send(GrainId id, Call call, ref ICallTarget? known)
    {
        while (known?.TryReceive(call) != true)
        {
            try
            {
                known = Find(id);
            }
            catch (Exception e)
            {
                call.Refuse(e);
                return;
            }
        }
    }

    /// <summary>Ends all activations; from now on none is made.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The host stops.");
        var ends = _directory.Values.Select(t => t.EndAsync(reason, cancellationToken)).ToArray();
        await Task.WhenAll(ends).WaitAsync(cancellationToken);
    }

    public void Dispose() => Collector.Dispose();

    private ICallTarget Find(GrainId id)
    {
        if (_directory.TryGetValue(id, out var target))
        {
            return target;
        }

        if (_stopping)
        {
            throw new SiloUnavailableException($"The host stops: {id} is not activated any more.");
        }

        var grainClass = _classes.Find(id.Type);
        target = grainClass.MaxWorkers > 0
            ? new StatelessWorkers(this, id, grainClass, ended => Remove(id, ended))
            : new Activation(this, id, grainClass, ended => Remove(id, ended));
        return _directory.GetOrAdd(id, target);
    }

    private void Remove(GrainId id, ICallTarget target) => _directory.TryRemove(new KeyValuePair<GrainId, ICallTarget>(id, target));

    private IEnumerable<string> Describe() => _directory.Values.SelectMany(static t => t.Describe()).Order(StringComparer.Ordinal);
}
