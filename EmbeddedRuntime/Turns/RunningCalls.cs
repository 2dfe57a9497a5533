namespace OneStop.EmbeddedRuntime;

/// <summary>What runs in an activation, and therefore what else may start. Guarded by the activation's lock.</summary>
internal sealed class RunningCalls(bool reentrant)
{
    private readonly List<Guid> _sections = [];
    private readonly List<Call> _calls = [];
    private int _exclusive;
    private int _readers;

    public int Count => _calls.Count;

    public IEnumerable<string> Names => _calls.Select(static c => c.Name);

    public bool MayStart(Call call) =>
        _exclusive + _readers == 0
        || reentrant
        || call.Traits.HasFlag(CallTraits.AlwaysInterleave)
        || (call.Traits.HasFlag(CallTraits.ReadOnly) && _exclusive == 0)
        || ComesBack(call);

    /// <summary>Whether the call belongs to a call chain that was allowed to come back.</summary>
    public bool ComesBack(Call call) => call.Context is { } context && context.ReentrancyId != Guid.Empty && _sections.Contains(context.ReentrancyId);

    public void Begin(Call call) => Add(call, 1);

    public void End(Call call) => Add(call, -1);

    public void EnterSection(Guid id) => _sections.Add(id);

    public void ExitSection(Guid id) => _sections.Remove(id);

    private void Add(Call call, int by)
    {
        if (by > 0)
        {
            _calls.Add(call);
        }
        else
        {
            _calls.Remove(call);
        }

        if (call.Traits.HasFlag(CallTraits.AlwaysInterleave))
        {
            return;
        }

        if (call.Traits.HasFlag(CallTraits.ReadOnly))
        {
            _readers += by;
        }
        else
        {
            _exclusive += by;
        }
    }
}
