using Orleans;
using Orleans.Concurrency;

namespace OneStop.Runtime.Conformance;

/// <summary>Methods that stop at a named place until the test lets them go on.</summary>
public interface IProbe : IGrain
{
    Task Work(string name);

    [AlwaysInterleave]
    Task Interleaved(string name);

    [ReadOnly]
    Task ReadOnly(string name);

    [OneWay]
    Task Tell(string name);

    [OneWay]
    Task TellAndFail(string name);

    /// <summary>Comes in behind what was sent before it and is answered at once.</summary>
    [AlwaysInterleave]
    Task Ping();
}

public interface IProbeGrain : IProbe, IGrainWithStringKey;

public interface IReentrantProbeGrain : IProbe, IGrainWithStringKey;

public interface IWorkerGrain : IProbe, IGrainWithStringKey;

public abstract class Probe : Grain, IProbe
{
    private string Key => this.GetPrimaryKeyString();

    public Task Work(string name) => Signals.Pass(Key, name);

    public Task Interleaved(string name) => Signals.Pass(Key, name);

    public Task ReadOnly(string name) => Signals.Pass(Key, name);

    public Task Tell(string name) => Signals.Pass(Key, name);

    public Task TellAndFail(string name)
    {
        Signals.Of($"{Key}:{name} in").Set();
        throw new InvalidOperationException("Nobody hears this.");
    }

    public Task Ping() => Task.CompletedTask;
}

public sealed class ProbeGrain : Probe, IProbeGrain;

[Reentrant]
public sealed class ReentrantProbeGrain : Probe, IReentrantProbeGrain;

[StatelessWorker(2)]
public sealed class WorkerGrain : Probe, IWorkerGrain;
