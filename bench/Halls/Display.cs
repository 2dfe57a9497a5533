using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace OneStop.Bench.Halls;

/// <summary>A hall display: follows the board and notes when each number is first seen called.</summary>
public sealed partial class Display : IAsyncDisposable
{
    private const string EndOfRecord = "\u001e";

    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<string, long> seen = [];
    private Task reading = Task.CompletedTask;

    private Display()
    {
    }

    /// <summary>Connects and follows the sample hall.</summary>
    public static async Task<Display> WatchAsync(Uri server)
    {
        var display = new Display();
        await display.socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hubs/board" }.Uri, CancellationToken.None);
        await display.SendAsync("""{"protocol":"json","version":1}""");
        await display.SendAsync("""{"type":1,"invocationId":"1","target":"Subscribe","arguments":["hall/shilong"]}""");
        display.reading = display.ReadAsync();
        return display;
    }

    /// <summary>When a number was first seen, as <see cref="Stopwatch.GetTimestamp"/>; null when not yet.</summary>
    public long? SeenAt(string number) => seen.TryGetValue(number, out var at) ? at : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await reading;
        socket.Dispose();
        closing.Dispose();
    }

    private Task SendAsync(string record) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(record + EndOfRecord), WebSocketMessageType.Text, true, closing.Token);

    private async Task ReadAsync()
    {
        var buffer = new byte[256 * 1024];
        using var text = new MemoryStream();
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), closing.Token) is { MessageType: not WebSocketMessageType.Close } received)
            {
                text.Write(buffer.AsSpan(0, received.Count));
                if (!received.EndOfMessage) continue;
                var now = Stopwatch.GetTimestamp();
                foreach (Match called in Called().Matches(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length)))
                    seen.TryAdd(called.Groups[1].Value, now);
                text.SetLength(0);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The run or the server is done.
        }
    }

    [GeneratedRegex("\"number\":\"([^\"]+)\",\"counter\"", RegexOptions.NonBacktracking)]
    private static partial Regex Called();
}
