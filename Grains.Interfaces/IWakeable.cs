using Orleans;

namespace OneStop.Grains.Interfaces;

/// <summary>A grain that asked to be woken at an instant.</summary>
public interface IWakeable : IGrainWithStringKey
{
    /// <summary>The instant has come. Called again for the same instant, it has no further effect.</summary>
    /// <param name="due">The instant that was asked for; the caller's clock may run a little ahead.</param>
    Task WakeUp(DateTimeOffset due);
}
