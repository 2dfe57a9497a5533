using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Licences;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Licences;

/// <summary>A licence begins in the append that decides its case: both are durable or neither, whatever dies in between.</summary>
internal static class LicenceIssue
{
    /// <summary>The beginning of the licence's own stream, with its row and its first wake-up; nothing when none is granted.</summary>
    public static Companion Of(ApplicationState application, ImmutableArray<ApplicationEvent> events)
    {
        if (LicenceRules.Issued(application, events) is not { } issued) return Companion.None;
        var state = LicenceState.Initial.Evolve(issued);
        var stream = LicenceGrain.StreamOf(state.Number);
        return new Companion([new StreamAppend(stream, 0, [EventCodec.Encode(issued)]) { WakeUp = WakeUp(stream, state) }], [LicenceRows.Row(state)]);
    }

    /// <summary>Tells the clock of a licence that has just begun; should this be lost, the wake-up in the record does the same.</summary>
    public static Task TellAsync(IGrainFactory grains, ApplicationState application, ImmutableArray<ApplicationEvent> events) =>
        LicenceRules.Issued(application, events) is { } issued
            ? DeadlineGrain.TellAsync(grains, LicenceGrain.StreamOf(issued.Number), LicenceRules.NextWakeUp(LicenceState.Initial.Evolve(issued)))
            : Task.CompletedTask;

    /// <summary>When a licence is to be woken next.</summary>
    public static WakeUpChange WakeUp(string stream, LicenceState state) => LicenceRules.NextWakeUp(state) is { } due
        ? WakeUpChange.Set(DeadlineGrain.ShardOf(stream), due.Micros())
        : WakeUpChange.Clear;
}
