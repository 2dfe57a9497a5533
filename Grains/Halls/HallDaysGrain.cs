using OneStop.Domain.Halls.Simulating;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Journal;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Halls;

/// <summary>Replays past days; several may do so at the same time, and no queue waits for them.</summary>
[StatelessWorker]
public sealed class HallDaysGrain(IJournal journal, TimeProvider time, Definitions definitions) : Grain, IHallDaysGrain
{
    /// <inheritdoc/>
    public async Task<WhatIfAnswer> WhatIf(DateOnly day, WhatIfWish wish)
    {
        var hall = definitions.Hall(this.GetPrimaryKeyString());
        var recorded = await RecordedDays.ReadAsync(journal, hall, day, time.GetUtcNow());
        return Domain.Halls.Simulating.WhatIf.Compare(recorded, wish.ChangeOf(hall, recorded), hall.WaitingLimit);
    }
}
