using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OneStop.Journal.Tests.Stores;

/// <summary>Stands between Npgsql and a server and breaks real connections at a chosen moment.</summary>
public sealed class CuttableProxy : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];
    private readonly DnsEndPoint _server;
    private readonly int _port;
    private TcpListener? _listener;
    private Cut? _cut;

    public CuttableProxy(NpgsqlConnectionStringBuilder server)
    {
        _server = new DnsEndPoint(server.Host!, server.Port);
        _listener = Listen(0);
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>The same connection, through here.</summary>
    public string Reroute(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1", Port = _port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    /// <summary>Breaks all connections, once, instead of passing on what contains these bytes.</summary>
    /// <param name="bytes">What to look for.</param>
    /// <param name="fromServer">Whether the server says it, or else the client.</param>
    /// <param name="thenClose">Whether nobody gets through afterwards, until <see cref="Open"/>.</param>
    public void CutBefore(ReadOnlySpan<byte> bytes, bool fromServer, bool thenClose = false)
    {
        lock (_lock)
            _cut = new Cut(bytes.ToArray(), fromServer, thenClose);
    }

    /// <summary>Breaks all connections and lets nobody through.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
            BreakAll();
        }
    }

    /// <summary>Lets new connections through again.</summary>
    public void Open()
    {
        lock (_lock)
            _listener ??= Listen(_port);
    }

    public void Dispose() => Close();

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = ConnectAsync(await listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(_server);
            client.NoDelay = server.NoDelay = true;
            lock (_lock)
            {
                if (_listener is null)
                    throw new SocketException((int)SocketError.ConnectionRefused);
                _sockets.AddRange([client, server]);
            }

            await Task.WhenAll(PassAsync(client, server, fromServer: false), PassAsync(server, client, fromServer: true));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool fromServer)
    {
        try
        {
            var buffer = new byte[1 << 16];
            while (await from.ReceiveAsync(buffer) is var length && length > 0)
            {
                if (IsCut(buffer.AsSpan(0, length), fromServer))
                    break;
                for (var sent = 0; sent < length;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side went away.
        }

        from.Dispose();
        to.Dispose();
    }

    private bool IsCut(ReadOnlySpan<byte> passing, bool fromServer)
    {
        lock (_lock)
        {
            if (_cut is not { } cut || cut.FromServer != fromServer || passing.IndexOf(cut.Bytes) < 0)
                return false;
            _cut = null;
            if (cut.ThenClose)
            {
                _listener?.Dispose();
                _listener = null;
            }

            BreakAll();
            return true;
        }
    }

    private void BreakAll()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        _sockets.Clear();
    }

    private sealed record Cut(byte[] Bytes, bool FromServer, bool ThenClose);
}
