using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
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
        var content = await Journal.ReadAsync(StreamName, withSnapshot: false);
        var entries = ImmutableArray.CreateBuilder<TimelineEntry>(content.Events.Length);
        foreach (var stored in content.Events)
        {
            var data = JsonNode.Parse(stored.Data)!.AsObject();
            data.Remove("at");
            data.Remove("actor");
            data.Remove("queryCodeHash");
            data.Remove("documentReference");
            foreach (var (name, value) in data.Where(member => member.Key.EndsWith("Reference", StringComparison.Ordinal)).ToArray())
            {
                data.Remove(name);
                if (value is not null && await Journal.ReadDocumentAsync(SubjectOf(State), value.GetValue<string>()) is { } text)
                    data[name[..^"Reference".Length]] = Encoding.UTF8.GetString(text);
            }

            entries.Add(new TimelineEntry(stored.Seq, stored.At.Instant(), stored.Actor, stored.Type, data.ToJsonString()));
        }

        return entries.MoveToImmutable();
    }
}
