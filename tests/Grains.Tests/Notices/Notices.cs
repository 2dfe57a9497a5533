using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Notices;
using OneStop.Grains.Interfaces.Notices;
using OneStop.Grains.Notices;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Tests.Notices;

/// <summary>What tests do with notices.</summary>
internal static class Notices
{
    public static Notice To(Audience audience, string id, DateTimeOffset at) => new(
        id, at, "test", null, new LocalizedText("黄牌：办件 A1", "Yellow card: case A1"), new LocalizedText("请尽快办理。\r\n.", "Please attend to it.\r\n."), audience);

    /// <summary>Gives notices as a grain does: in an append, and told afterwards.</summary>
    public static async Task GiveAsync(this NoticeDesk desk, IJournal journal, IGrainFactory grains, params ImmutableArray<Notice> notices)
    {
        await desk.AppendAsync(journal, notices);
        await desk.SendAsync(grains, notices);
    }

    /// <summary>The append alone: what is left when the process dies before it tells the outbox.</summary>
    public static async Task AppendAsync(this NoticeDesk desk, IJournal journal, params ImmutableArray<Notice> notices)
    {
        var post = desk.Post(notices);
        var appended = await journal.AppendAsync(new AppendRequest { Streams = post.Streams, Rows = post.Rows });
        Assert.Equal(AppendOutcome.Committed, appended.Outcome);
    }

    public static Task<ImmutableArray<DeliveryRecord>> DeliveriesAsync(this IGrainFactory grains) =>
        grains.GetGrain<INoticeBoardGrain>(INoticeBoardGrain.Key).Deliveries(new DeliveryQuestion(null, null, null, 500));
}
