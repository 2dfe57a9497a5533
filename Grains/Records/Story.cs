using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>The story of an actor, read from the record itself.</summary>
internal static class Story
{
    private const string Reference = "Reference";

    /// <summary>The ids of the documents that an event refers to: what it names by members that end in this word.</summary>
    public static IEnumerable<string> References(byte[] data) => JsonNode.Parse(data)!.AsObject()
        .Where(member => member.Key.EndsWith(Reference, StringComparison.Ordinal) && member.Value is not null)
        .Select(member => member.Value!.GetValue<string>());

    /// <summary>Every event of a stream; texts are written out in place of their references, what was erased is left out.</summary>
    /// <param name="journal">The record.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="subject">Whose documents its events refer to.</param>
    /// <param name="hidden">References of the texts that are not for whoever asks.</param>
    public static async ValueTask<ImmutableArray<TimelineEntry>> ReadAsync(IJournal journal, string stream, string subject, ImmutableHashSet<string> hidden)
    {
        var content = await journal.ReadAsync(stream, withSnapshot: false);
        var entries = ImmutableArray.CreateBuilder<TimelineEntry>(content.Events.Length);
        foreach (var stored in content.Events)
        {
            var data = JsonNode.Parse(stored.Data)!.AsObject();
            data.Remove("at");
            data.Remove("actor");
            data.Remove("queryCodeHash");
            data.Remove("documentReference");
            foreach (var (name, value) in data.Where(member => member.Key.EndsWith(Reference, StringComparison.Ordinal)).ToArray())
            {
                data.Remove(name);
                if (value?.GetValue<string>() is { } reference && !hidden.Contains(reference) && await journal.ReadDocumentAsync(subject, reference) is { } text)
                    data[name[..^Reference.Length]] = Encoding.UTF8.GetString(text);
            }

            entries.Add(new TimelineEntry(stored.Seq, stored.At.Instant(), stored.Actor, stored.Type, data.ToJsonString()));
        }

        return entries.MoveToImmutable();
    }
}
