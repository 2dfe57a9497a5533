using System.Reflection;

namespace OneStop.EmbeddedRuntime;

/// <summary>Settings that only this runtime has.</summary>
public sealed class EmbeddedRuntimeOptions
{
    /// <summary>Where turns run. Default: null, the thread pool.</summary>
    public TaskScheduler? Scheduler { get; set; }

    /// <summary>Where grain classes are looked for. Default: empty, which means the entry assembly and what it refers to.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [];
}
