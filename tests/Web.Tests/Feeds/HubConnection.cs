using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Feeds;

/// <summary>SignalR's JSON protocol over a WebSocket, as far as following feeds needs it.</summary>
internal sealed class HubConnection : IAsyncDisposable
{
    private const char EndOfRecord = '\u001e';
    private const int Invocation = 1;
    private const int Completion = 3;

    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Channel<FeedMessage> messages = Channel.CreateUnbounded<FeedMessage>();
    private readonly Dictionary<string, TaskCompletionSource<string?>> calls = [];
    private readonly TaskCompletionSource<string?> greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task reading = Task.CompletedTask;
    private int lastCall;

    private HubConnection()
    {
    }

    /// <summary>Connects as the caller does who has these cookies.</summary>
    public static async Task<HubConnection> OpenAsync(ApiClient caller)
    {
        var hub = new HubConnection();
        hub.socket.Options.Cookies = caller.Cookies;
        using var patience = new CancellationTokenSource(Until.Most);
        await hub.socket.ConnectAsync(new UriBuilder(caller.Address) { Scheme = "ws", Path = "/hubs/board" }.Uri, patience.Token);
        hub.reading = hub.ReadAsync();
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        if (await Until.Comes("the hub's answer to the handshake", hub.greeted.Task) is { } refused) throw new InvalidOperationException(refused);
        return hub;
    }

    /// <summary>Follows a feed.</summary>
    /// <returns>Why not; null when it does.</returns>
    public Task<string?> SubscribeAsync(string feed) => InvokeAsync("Subscribe", feed);

    /// <summary>Calls a method of the hub.</summary>
    /// <returns>The error; null when there was none.</returns>
    public async Task<string?> InvokeAsync(string method, params object?[] arguments)
    {
        var id = (++lastCall).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (calls) calls[id] = answer;
        await SendAsync(JsonSerializer.Serialize(new { type = Invocation, invocationId = id, target = method, arguments }));
        return await Until.Comes($"the end of {method}({string.Join(", ", arguments)})", answer.Task);
    }

    /// <summary>The next message that is wanted; those before it are passed over.</summary>
    public async Task<FeedMessage> NextAsync(string what, Func<FeedMessage, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Until.Most);
        try
        {
            await foreach (var message in messages.Reader.ReadAllAsync(patience.Token))
                if (wanted(message))
                    return message;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("This did not come over the hub: " + what);
        }

        throw new InvalidOperationException("The hub closed the connection before this came: " + what);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await reading;
        socket.Dispose();
        closing.Dispose();
    }

    private async Task SendAsync(string record) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(record + EndOfRecord), WebSocketMessageType.Text, true, closing.Token);

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        using var text = new MemoryStream();
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), closing.Token) is { MessageType: not WebSocketMessageType.Close } received)
            {
                await text.WriteAsync(buffer.AsMemory(0, received.Count), closing.Token);
                if (!received.EndOfMessage) continue;
                foreach (var record in Encoding.UTF8.GetString(text.ToArray()).Split(EndOfRecord, StringSplitOptions.RemoveEmptyEntries))
                    Take(JsonNode.Parse(record)!);
                text.SetLength(0);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The test or the server is done.
        }

        messages.Writer.TryComplete();
    }

    private void Take(JsonNode record)
    {
        switch (record["type"]?.GetValue<int>())
        {
            case null:
                greeted.TrySetResult(record["error"]?.GetValue<string>());
                break;
            case Invocation:
                messages.Writer.TryWrite(new FeedMessage(record["target"]!.GetValue<string>(), record["arguments"]!.AsArray()));
                break;
            case Completion:
                lock (calls) calls[record["invocationId"]!.GetValue<string>()].TrySetResult(record["error"]?.GetValue<string>());
                break;
        }
    }
}

/// <summary>A message of a feed, as API.md has it.</summary>
internal sealed record FeedMessage(string Kind, JsonArray Arguments)
{
    public string Feed => Arguments[0]!.GetValue<string>();

    public string Epoch => Arguments[1]!.GetValue<string>();

    /// <summary>The version; of changes, the one before the first of them.</summary>
    public long Version => Arguments[2]!.GetValue<long>();

    /// <summary>The state of a snapshot.</summary>
    public JsonNode State => Arguments[3]!;

    /// <summary>The changes.</summary>
    public JsonArray Changes => Arguments[3]!.AsArray();
}
