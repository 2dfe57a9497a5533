using OneStop.Domain;
using OneStop.Domain.Halls.Announcing;
using OneStop.Domain.Halls.Displays;
using OneStop.Grains.Interfaces.Halls;
using Orleans;
using Orleans.Runtime;

namespace OneStop.Grains.Halls;

/// <summary>What is said aloud in the hall's zones. It is kept in memory only: after a new start, calls of the last moments are said again.</summary>
public sealed partial class HallGrain
{
    private static readonly TimeSpan SaidAgainAfterStart = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, ZoneVoice> voices = [];
    private PairedDisplays displays = PairedDisplays.None;
    private IGrainTimer? silence;

    /// <inheritdoc/>
    public async Task<Announcement?> Speak(string zone, DisplayKey key, string connection)
    {
        if (displays.SpeakingRefusal(key, zone) is { } refusal) throw refusal;
        if (Hall.AllZones.All(z => z.Id != zone)) throw Refusals.Unknown("zone", zone);
        var (voice, call) = voices.GetValueOrDefault(zone, ZoneVoice.Silent).Asks(new Speaker(key.DisplayId, connection), time.GetUtcNow());
        voices[zone] = voice;
        if (call is not null) ListenForSilence();
        await Feed.ChangedAsync();
        return call;
    }

    /// <inheritdoc/>
    public async Task Heard(string zone, DisplayKey key, string connection, string call, bool complete)
    {
        if (displays.SpeakingRefusal(key, zone) is { } refusal) throw refusal;
        if (!voices.TryGetValue(zone, out var voice)) return;
        voices[zone] = voice.At(time.GetUtcNow()).Acknowledges(new Speaker(key.DisplayId, connection), call, complete);
        await Feed.ChangedAsync();
    }

    /// <inheritdoc/>
    public Task ConnectionGone(string connection) => SilenceAsync(speaker => speaker.Connection == connection);

    /// <inheritdoc/>
    public Task TellDisplays(PairedDisplays told)
    {
        if (told.Version < displays.Version) return Task.CompletedTask;
        displays = told;
        return SilenceAsync(speaker => !told.Has(speaker.DisplayId));
    }

    private async Task SilenceAsync(Func<Speaker, bool> whom)
    {
        foreach (var (zone, voice) in voices.ToArray())
            if (voice.Speaker is { } speaker && whom(speaker))
                voices[zone] = voice.Loses(speaker);
        await Feed.ChangedAsync();
    }

    private void Announce(CounterContribution? before, CounterContribution after)
    {
        if (Hall.AllZones.FirstOrDefault(z => z.Counters.Contains(after.Counter)) is not { } zone) return;
        var voice = voices.GetValueOrDefault(zone.Id, ZoneVoice.Silent);
        if (after is not { Number: { } number, CalledAt: { } at }) voices[zone.Id] = voice.Frees(after.Counter);
        else if (before is null ? time.GetUtcNow() - at < SaidAgainAfterStart : before.CalledAt != at)
            voices[zone.Id] = voice.Calls(new Announcement(number, after.Counter, at));
    }

    // The first speaker whose time would be over; a display that acknowledges leaves it to find nothing.
    private void ListenForSilence()
    {
        var until = voices.Values.Where(v => v.Speaker is not null).Select(v => v.SpeakerUntil).DefaultIfEmpty().Min();
        if (until == default) return;
        var wait = until - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
        if (silence is null) silence = this.RegisterGrainTimer(NoticeSilenceAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan));
        else silence.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private async Task NoticeSilenceAsync()
    {
        foreach (var (zone, voice) in voices.ToArray()) voices[zone] = voice.At(time.GetUtcNow());
        ListenForSilence();
        await Feed.ChangedAsync();
    }
}
