using System.Net;
using System.Net.Sockets;

namespace OneStop.Tests;

/// <summary>A port of loopback that nobody uses.</summary>
internal static class FreePort
{
    // Below those that a system gives to outgoing connections: one of these could take the port before it is listened on, or
    // while a server that had it starts again. Silos look above, see FreePorts of the program.
    private const int Lowest = 10_240;
    private const int Count = 10_240;

    // Seconds go by until it is listened on. Test processes that run beside each other look in places of their own, each port
    // after port: drawn by lot, two would now and then get the same one.
    private const int OfAProcess = 64;

    private static int next = (int)((uint)Environment.ProcessId * OfAProcess % Count);

    public static int Next()
    {
        while (true)
        {
            var port = Lowest + (int)((uint)Interlocked.Increment(ref next) % Count);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody has it: try another.
            }
        }
    }
}
