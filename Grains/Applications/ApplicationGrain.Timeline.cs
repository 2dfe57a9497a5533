using System.Collections.Immutable;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Records;

namespace OneStop.Grains.Applications;

/// <summary>The story of a case, read from the record itself.</summary>
public sealed partial class ApplicationGrain
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<TimelineEntry>> Timeline()
    {
        await LoadAsync();
        ThrowIfUnknown();
        return await Story.ReadAsync(Journal, StreamName, State.DocumentSubject);
    }
}
