using Orleans;

namespace OneStop.Runtime.Conformance;

/// <summary>What a test is given: a running host of the runtime, however that runs.</summary>
public abstract class TestHost
{
    private static int s_runs;
    private readonly int _run = Interlocked.Increment(ref s_runs);

    /// <summary>The way to the grains.</summary>
    public abstract IClusterClient Client { get; }

    /// <summary>Ends every activation that nobody uses now and that nothing keeps.</summary>
    public abstract Task CollectIdleAsync();

    /// <summary>Awaits something that has to come, however long the machine takes.</summary>
    public abstract Task WaitAsync(Task task, string what);

    /// <summary>A grain's key that only this run uses.</summary>
    public string Key(string name) => $"{name}-{_run}-{Interlocked.Increment(ref s_runs)}";

    public Task ArrivedAsync(string key, string name) => WaitAsync(Signals.Of($"{key}:{name} in").Task, $"{key} did not get to {name}");

    public static void Release(string key, params string[] names) => Array.ForEach(names, n => Signals.Of($"{key}:{n} go").Set());

    public async Task<T> WaitAsync<T>(Task<T> task, string what)
    {
        await WaitAsync((Task)task, what);
        return await task;
    }
}

/// <summary>A test of the programming model. <see cref="RunAsync"/> runs its body on every way the runtime has of running.</summary>
public abstract partial class ConformanceTest
{
    /// <summary>The stream provider of all hosts.</summary>
    public const string Streams = "memory";
}
