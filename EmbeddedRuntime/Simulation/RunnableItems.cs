using System.Diagnostics.CodeAnalysis;

namespace OneStop.EmbeddedRuntime;

/// <summary>What could run next, and the choice among it.</summary>
internal sealed class RunnableItems(ulong? seed)
{
    private readonly Queue<Task> _inOrder = new();
    private readonly List<Task> _drawn = [];
    private ulong _state = seed ?? 0;

    public void Add(Task task)
    {
        if (seed is null)
        {
            _inOrder.Enqueue(task);
        }
        else
        {
            _drawn.Add(task);
        }
    }

    /// <param name="task">The chosen item.</param>
    /// <param name="choice">Which it was, and among how many: what a trace has to show.</param>
    public bool TryTake([NotNullWhen(true)] out Task? task, out long choice)
    {
        choice = 0;
        if (seed is null)
        {
            choice = _inOrder.Count;
            return _inOrder.TryDequeue(out task);
        }

        if (_drawn.Count == 0)
        {
            task = null;
            return false;
        }

        var index = (int)(Draw() % (ulong)_drawn.Count);
        choice = ((long)_drawn.Count << 32) | (uint)index;
        task = _drawn[index];
        _drawn[index] = _drawn[^1];
        _drawn.RemoveAt(_drawn.Count - 1);
        return true;
    }

    public List<Task> ToList() => [.. _inOrder, .. _drawn];

    // SplitMix64: the same numbers for the same seed on every version of the platform.
    private ulong Draw()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
