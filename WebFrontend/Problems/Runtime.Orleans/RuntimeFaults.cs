using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime;

namespace OneStop.WebFrontend.Problems;

/// <summary>What the runtime itself throws when a grain cannot be reached.</summary>
internal static class RuntimeFaults
{
    /// <summary>
    /// Whether the same call may succeed when it is made again: the silo that held the grain is gone, or on its way out,
    /// and the cluster is about to place the grain on another.
    /// </summary>
    public static bool MayPass(Exception e) => e is TimeoutException
        // Silos that are gone, messages rejected on the way, connections that fail.
        or OrleansException
        or ConnectionAbortedException
        or ConnectionResetException
        or SocketException;
}
