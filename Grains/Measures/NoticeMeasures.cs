using System.Diagnostics.Metrics;
using OneStop.Domain;
using OneStop.Domain.Notices;
using OneStop.Grains.Notices;

namespace OneStop.Grains.Measures;

/// <summary>Meter <c>OneStop.Notices</c>.</summary>
internal sealed class NoticeMeasures : IDisposable
{
    private readonly Meter meter = new("OneStop.Notices");
    private readonly Counter<long> attempts;

    public NoticeMeasures() =>
        attempts = meter.CreateCounter<long>("onestop.notices.attempts", "{attempt}", "Attempts to deliver a notice, by channel and outcome.");

    public void Tried(NoticeChannel channel, Carried carried) => attempts.Add(
        1,
        new("channel", CamelCase.Of(channel)),
        new("outcome", carried.IsDelivered ? "delivered" : carried.IsWorthAnother ? "failed" : "refused"));

    public void Dispose() => meter.Dispose();
}
