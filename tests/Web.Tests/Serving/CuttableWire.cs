using System.Net;
using System.Net.Sockets;

namespace OneStop.Web.Tests.Serving;

/// <summary>The wire between a browser and the server: it can be cut, and put together again.</summary>
internal sealed class CuttableWire : IAsyncDisposable
{
    private readonly Lock sync = new();
    private readonly List<Socket> ends = [];
    private readonly Uri server;
    private readonly int port = ServerProcess.FreePort();
    private TcpListener? listener;

    public CuttableWire(Uri server)
    {
        this.server = server;
        Mend();
    }

    /// <summary>Where the browser finds the server.</summary>
    public Uri Address => new UriBuilder(server) { Port = port }.Uri;

    /// <summary>Breaks every connection and lets none through.</summary>
    public void Cut()
    {
        lock (sync)
        {
            listener?.Dispose();
            listener = null;
            foreach (var end in ends) end.Dispose();
            ends.Clear();
        }
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend()
    {
        lock (sync)
        {
            if (listener is not null) return;
            listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            _ = AcceptAsync(listener);
        }
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener accepting)
    {
        try
        {
            while (true) _ = PassAsync(await accepting.AcceptSocketAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task PassAsync(Socket browser)
    {
        var there = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            browser.NoDelay = true;
            await there.ConnectAsync(IPAddress.Loopback, server.Port);
            lock (sync)
            {
                ObjectDisposedException.ThrowIf(listener is null, this);
                ends.AddRange([browser, there]);
            }

            await Task.WhenAny(CopyAsync(browser, there), CopyAsync(there, browser));
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Cut, or the server is gone.
        }
        finally
        {
            browser.Dispose();
            there.Dispose();
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            for (var read = await from.ReceiveAsync(buffer); read > 0; read = await from.ReceiveAsync(buffer))
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // One of them has ended.
        }
    }
}
