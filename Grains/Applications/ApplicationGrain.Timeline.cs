using System.Collections.Immutable;
using System.Text;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Records;

namespace OneStop.Grains.Applications;

/// <summary>The story of a case, read from the record itself.</summary>
public sealed partial class ApplicationGrain
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<TimelineEntry>> Timeline(Actor actor)
    {
        await LoadAsync();
        ThrowIfUnknown();
        return await Story.ReadAsync(Journal, StreamName, State.DocumentSubject, PersonalDataRules.Hidden(State, actor));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<CaseReceipt>> Receipts(string? queryCode)
    {
        await KnownToAsync(queryCode);
        var content = await Journal.ReadAsync(StreamName, withSnapshot: false);
        var receipts = CaseReceipts.Of(content.Events.Select(stored => (ApplicationEvent)EventCodec.Decode(stored))).ToBuilder();
        for (var i = 0; i < receipts.Count; i++)
        {
            if (receipts[i].ReasonReference is not { } reference) continue;
            var reason = await Journal.ReadDocumentAsync(State.DocumentSubject, reference);
            receipts[i] = receipts[i] with { ReasonReference = null, Reason = reason is null ? null : Encoding.UTF8.GetString(reason) };
        }

        return receipts.ToImmutable();
    }
}
