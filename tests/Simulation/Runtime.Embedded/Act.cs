using OneStop.Grains.Interfaces;

namespace OneStop.Simulations;

/// <summary>Something that somebody does, once: sent again under the same id it has the same answer.</summary>
/// <param name="What">What it is, for people.</param>
/// <param name="Caller">Who does it.</param>
/// <param name="Do">Does it under the id that is given, and gives its answer.</param>
internal sealed record Act(string What, string Caller, Func<World, CommandInfo, Task<object?>> Do)
{
    /// <summary>Told of the answer of the first time. Default: nobody.</summary>
    public Action<object?> Done { get; init; } = _ => { };
}
