using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Supervision;
using Orleans;

namespace OneStop.Simulations;

/// <summary>Loses by the dice what grains merely tell each other: whatever is lost, the record makes it good.</summary>
internal sealed class LossyHints(Random dice) : IIncomingGrainCallFilter
{
    private static readonly HashSet<string> Hints =
    [
        nameof(IDeadlineGrain.Tell), nameof(IDepartmentGrain.Tell), nameof(IRegionGrain.TellDepartment), nameof(IRegionGrain.TellHall),
        nameof(IHallGrain.TellQueue), nameof(IHallGrain.TellCounter), nameof(ICounterGrain.SomebodyWaits),
    ];

    /// <summary>How often one is lost. Default: never.</summary>
    public double LossRate { get; set; }

    public Task Invoke(IIncomingGrainCallContext context) =>
        Hints.Contains(context.InterfaceMethod.Name) && dice.NextDouble() < LossRate ? Task.CompletedTask : context.Invoke();
}
