using System.Collections.Immutable;
using OneStop.Domain.Notices;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Notices;

/// <summary>
/// Where every grain gives its notices: what it adds to its own append, so that a notice is exactly as durable as what
/// caused it, and whom it tells afterwards so that the notice goes out at once.
/// </summary>
/// <param name="definitions">The definitions in force.</param>
/// <param name="carriers">The channels that are set up.</param>
public sealed class NoticeDesk(Definitions definitions, NoticeCarriers carriers)
{
    /// <summary>Whether what is for a person goes out at all: to a telephone, the only address that is known of one.</summary>
    public bool ReachesPeople => carriers.Channels.Contains(NoticeChannel.Sms);

    /// <summary>The notice on screen, its deliveries, and a wake-up now for each outbox that has one of them.</summary>
    /// <param name="notices">The notices.</param>
    public Companion Post(ImmutableArray<Notice> notices)
    {
        if (notices.IsEmpty) return Companion.None;
        var rows = ImmutableArray.CreateBuilder<RowChange>();
        foreach (var notice in notices)
        {
            if (notice.To.Kind != AudienceKind.Person) rows.Add(NoticeRows.Shown(notice));
            rows.AddRange(ChannelsOf(notice).Select(channel => NoticeRows.Queued(notice, channel)));
        }

        // An outbox has no events, so its head is 0 for ever and nobody who adds to it can be stale.
        return new Companion(
            [.. Outboxes(notices).Select(outbox => new StreamAppend(outbox.Stream, 0, [])
            {
                WakeUp = WakeUpChange.Set(DeadlineGrain.ShardOf(outbox.Stream), outbox.Due.Micros()),
            })],
            rows.ToImmutable());
    }

    /// <summary>Has what is durable now delivered; should this be lost, the wake-up in the record does the same.</summary>
    public async ValueTask SendAsync(IGrainFactory grains, ImmutableArray<Notice> notices)
    {
        foreach (var (stream, due) in Outboxes(notices)) await DeadlineGrain.TellAsync(grains, stream, due);
    }

    private IEnumerable<(string Stream, DateTimeOffset Due)> Outboxes(ImmutableArray<Notice> notices) => notices
        .SelectMany(notice => ChannelsOf(notice).Select(channel => (Key: OutboxGrain.KeyOf(channel, notice), notice.At)))
        .GroupBy(outbox => outbox.Key, (key, outboxes) => (OutboxGrain.StreamOf(key), outboxes.Min(outbox => outbox.At)));

    // A person's document is read when the notice goes out: only then it shows whether there is an address.
    private IEnumerable<NoticeChannel> ChannelsOf(Notice notice)
    {
        var contact = definitions.Town?.Contacts.FirstOrDefault(c => c.Is(notice.To));
        return carriers.Channels.Where(channel => notice.To.Kind == AudienceKind.Person ? channel == NoticeChannel.Sms : contact?.AddressIn(channel) is not null);
    }
}
