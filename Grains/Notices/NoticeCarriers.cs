using System.Collections.Immutable;
using OneStop.Domain.Notices;

namespace OneStop.Grains.Notices;

/// <summary>The channels that are set up in this installation. The same in every process of a cluster.</summary>
/// <param name="carriers">One for each channel.</param>
/// <param name="retries">When a failed delivery is tried again.</param>
public sealed class NoticeCarriers(ImmutableArray<INoticeCarrier> carriers, RetrySchedule retries)
{
    /// <summary>No channel is set up: notices are shown on screen only.</summary>
    public static NoticeCarriers None { get; } = new([], RetrySchedule.Default);

    /// <summary>When a failed delivery is tried again.</summary>
    public RetrySchedule Retries => retries;

    /// <summary>How long an attempt may take. Default: 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The channels.</summary>
    public IEnumerable<NoticeChannel> Channels => carriers.Select(carrier => carrier.Channel);

    /// <summary>The carrier of a channel; null when it is not set up here.</summary>
    public INoticeCarrier? Of(NoticeChannel channel) => carriers.FirstOrDefault(carrier => carrier.Channel == channel);
}
