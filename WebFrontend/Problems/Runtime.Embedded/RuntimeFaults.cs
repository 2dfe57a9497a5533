namespace OneStop.WebFrontend.Problems;

/// <summary>What the runtime itself throws when a grain cannot be reached.</summary>
internal static class RuntimeFaults
{
    /// <summary>Whether the same call may succeed when it is made again.</summary>
    public static bool MayPass(Exception e) => e is TimeoutException;
}
