using System.Net;
using System.Net.Sockets;

namespace OneStop.Silo.Hosting;

/// <summary>Ports that nobody uses.</summary>
public static class FreePorts
{
    // Below those that a system gives to outgoing connections: one of these could take the port before the silo listens on it.
    private const int Lowest = 20_480;
    private const int Count = 12_288;

    // Silos that start at the same time look in places of their own: drawn by lot, two would now and then get the same port.
    private const int OfAProcess = 8;

    private static int next = (int)((uint)Environment.ProcessId * OfAProcess % Count);

    /// <summary>Two different ones.</summary>
    public static (int First, int Second) Two()
    {
        using var first = Listen();
        using var second = Listen();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }

    private static TcpListener Listen()
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, Lowest + (int)((uint)Interlocked.Increment(ref next) % Count));
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody has it: try another.
                listener.Dispose();
            }
        }
    }
}
