using OneStop.Domain.Halls.Simulating;
using Orleans;

namespace OneStop.Grains.Interfaces.Halls;

/// <summary>A hall's past days; the key is the hall's code. It keeps nothing, so there may be several.</summary>
public interface IHallDaysGrain : IGrainWithStringKey
{
    /// <summary>How a day would have gone otherwise.</summary>
    /// <param name="day">The day.</param>
    /// <param name="wish">What would be otherwise.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-day</c>: nobody came on this day. <c>validation</c>.</exception>
    Task<WhatIfAnswer> WhatIf(DateOnly day, WhatIfWish wish);
}
