using OneStop.Silo.Hosting;

namespace OneStop.Silo.Replay;

/// <summary>Virtual time needs a runtime whose every turn can be driven; that is the embedded one.</summary>
internal static class Replayer
{
    /// <summary>Always refuses.</summary>
    /// <exception cref="LogException">A log is replayed by the program built with the embedded runtime.</exception>
    public static ReplayReport Run(ReplayPlan plan, string title, DataFolder? data, IReadOnlyList<DateTimeOffset> asOf, Action<long> progress) =>
        throw new LogException("A log is replayed under virtual time: use the program built with -p:GrainRuntime=Embedded.");
}
