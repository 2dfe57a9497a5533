using System.Net;
using System.Net.Sockets;

namespace OneStop.Tests;

/// <summary>A port of loopback that nobody uses.</summary>
internal static class FreePort
{
    // Below those that a system gives to outgoing connections: one of these could take the port before it is listened on, or
    // while a server that had it starts again.
    private const int Lowest = 10_240;
    private const int Highest = 32_767;

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(Lowest, Highest + 1);
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
