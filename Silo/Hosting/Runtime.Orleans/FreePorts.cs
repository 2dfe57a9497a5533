using System.Net;
using System.Net.Sockets;

namespace OneStop.Silo.Hosting;

/// <summary>Ports that nobody uses.</summary>
public static class FreePorts
{
    /// <summary>Two different ones.</summary>
    public static (int First, int Second) Two()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
