using System.Collections.Concurrent;

namespace OneStop.Runtime.Conformance;

/// <summary>Something that happens once; grains and tests live in one process and meet here.</summary>
public sealed class Signal
{
    private readonly TaskCompletionSource _set = new();

    public Task Task => _set.Task;

    public void Set() => _set.TrySetResult();
}

/// <summary>Signals and logs by name. Names begin with a grain's key, which no two tests share.</summary>
public static class Signals
{
    private static readonly ConcurrentDictionary<string, Signal> s_signals = new();
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> s_logs = new();

    public static Signal Of(string name) => s_signals.GetOrAdd(name, static _ => new Signal());

    /// <summary>The grain says that it is somewhere, and waits for leave to go on.</summary>
    public static async Task Pass(string key, string name)
    {
        Log(key, $"{name} in");
        Of($"{key}:{name} in").Set();
        await Of($"{key}:{name} go").Task;
        Log(key, $"{name} out");
    }

    public static void Log(string key, string line) => s_logs.GetOrAdd(key, static _ => new()).Enqueue(line);

    public static string[] Logged(string key) => s_logs.TryGetValue(key, out var log) ? [.. log] : [];
}
