using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Halls.Displays;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Halls;

/// <summary>The displays of a hall. When one was seen is kept in memory only: it says so again within a minute.</summary>
public sealed class DisplaysGrain(IJournal journal, TimeProvider time, Definitions definitions)
    : EventSourcedGrain<DisplayRegister, DisplayEvent>(journal, time), IDisplaysGrain
{
    private readonly Dictionary<string, DateTimeOffset> seen = [];
    private GuessGuard guard = GuessGuard.Open;

    /// <inheritdoc/>
    protected override string StreamName => HallKeys.DisplaysStream(HallId);

    /// <inheritdoc/>
    protected override DisplayRegister Empty => DisplayRegister.Empty;

    private string HallId => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task<PairingView> Ask(CommandInfo info, AskPairing asked) => ExecuteAsync(
        info,
        (state, now) => DisplayRules.Ask(state, definitions.Hall(HallId), asked, info.Actor, now),
        after => ViewOf(after.Waiting.Single(w => w.SecretHash == asked.SecretHash)));

    /// <inheritdoc/>
    public async Task<DisplayView> Confirm(CommandInfo info, string code, string name)
    {
        if (guard.Refusal(Now) is { } locked) throw locked;
        try
        {
            var confirmed = await ExecuteAsync(
                info,
                (state, now) => DisplayRules.Confirm(state, code, name, info.Actor, now),
                (after, events) => ViewOf(after.Paired[((DisplayPaired)events[0]).DisplayId]),
                static (_, _, _) => Companion.None);
            guard = GuessGuard.Open;
            await TellHallAsync();
            return confirmed.Answer;
        }
        catch (OneStopException refusal) when (refusal.Code == DisplayRules.UnknownCode)
        {
            guard = guard.AfterWrong(GuessLimit.PairingCodes, Now);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task Unpair(CommandInfo info, string displayId)
    {
        await ExecuteAsync(info, (state, now) => DisplayRules.Unpair(state, displayId, info.Actor, now), after => after.Paired.Count);
        seen.Remove(displayId);
        await TellHallAsync();
    }

    /// <inheritdoc/>
    public async Task<DisplayStanding> Recognise(DisplayKey key)
    {
        await LoadAsync();
        var standing = DisplayRules.Recognise(State, key, Now);
        if (standing.IsPaired) seen[key.DisplayId] = Now;
        return standing;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<DisplayView>> All()
    {
        await LoadAsync();
        return [.. State.Paired.Values.OrderBy(d => d.Name, StringComparer.Ordinal).Select(ViewOf)];
    }

    /// <inheritdoc/>
    public async Task<PairedDisplays> Paired()
    {
        await LoadAsync();
        return new PairedDisplays(Head, [.. State.Paired.Values]);
    }

    /// <inheritdoc/>
    protected override DisplayRegister Evolve(DisplayRegister state, DisplayEvent e) => state.Evolve(e);

    // Also for a command that is sent again: the first time may have ended before the hall was told.
    private async Task TellHallAsync() => await GrainFactory.GetGrain<IHallGrain>(HallId).TellDisplays(await Paired());

    private static PairingView ViewOf(WaitingDisplay display) => new(display.Id, display.Code, display.Zone, display.ExpiresAt);

    private DisplayView ViewOf(PairedDisplay display) => new(
        display.Id, display.Name, display.Zone, display.PairedAt, display.PairedBy, seen.TryGetValue(display.Id, out var at) ? at : null);
}
