using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OneStop.Tests;

/// <summary>What a mail server does with a conversation.</summary>
internal enum MailManner
{
    /// <summary>It takes the message.</summary>
    Take,

    /// <summary>It greets with 421 and closes.</summary>
    Busy,

    /// <summary>It accepts the connection and says nothing.</summary>
    Hang,

    /// <summary>It takes the message whole and drops the connection instead of saying so.</summary>
    DropAfterData,

    /// <summary>It does not know the mailbox (550).</summary>
    UnknownMailbox,
}

/// <summary>A message as it was taken.</summary>
internal sealed record TakenMail(string To, string Raw)
{
    public string Head(string name) => Raw.Split("\r\n\r\n")[0].Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n")
        .Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

    public string Text => Encoding.UTF8.GetString(Convert.FromBase64String(Raw[(Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("\r\n", "", StringComparison.Ordinal)));
}

/// <summary>A mail server of a test's own, on a free port; it also fails, as real ones do.</summary>
internal sealed class MailReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<MailManner> manners;
    private readonly Task serving;
    private int conversations;

    /// <param name="manners">What it does with its first conversations; with all others it takes the message.</param>
    public MailReceiver(params MailManner[] manners)
    {
        this.manners = new ConcurrentQueue<MailManner>(manners);
        listener.Start();
        serving = ServeAsync();
    }

    public string Address => $"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>What it took, also what it dropped the connection after.</summary>
    public ConcurrentQueue<TakenMail> Taken { get; } = new();

    public int Conversations => conversations;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await serving;
        listener.Dispose();
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(ConverseAsync(await listener.AcceptTcpClientAsync(end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var connection = client;
        Interlocked.Increment(ref conversations);
        var manner = manners.TryDequeue(out var next) ? next : MailManner.Take;
        try
        {
            if (manner == MailManner.Hang) await Task.Delay(Timeout.Infinite, end.Token);
            using var reader = new StreamReader(connection.GetStream(), Encoding.ASCII);
            await using var writer = new StreamWriter(connection.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync(manner == MailManner.Busy ? "421 too busy" : "220 test");
            if (manner == MailManner.Busy) return;
            var to = "";
            while (await reader.ReadLineAsync(end.Token) is { } line)
            {
                if (line.StartsWith("EHLO", StringComparison.Ordinal)) await writer.WriteAsync("250-test\r\n250 8BITMIME\r\n");
                else if (line.StartsWith("RCPT TO:", StringComparison.Ordinal) && manner == MailManner.UnknownMailbox) await writer.WriteLineAsync("550 5.1.1 no such mailbox");
                else if (line.StartsWith("RCPT TO:", StringComparison.Ordinal))
                {
                    to = line["RCPT TO:<".Length..^1];
                    await writer.WriteLineAsync("250 ok");
                }
                else if (line == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    var lines = new List<string>();
                    while (await reader.ReadLineAsync(end.Token) is { } text && text != ".") lines.Add(text.StartsWith("..", StringComparison.Ordinal) ? text[1..] : text);
                    Taken.Enqueue(new TakenMail(to, string.Join("\r\n", lines)));
                    if (manner == MailManner.DropAfterData) return;
                    await writer.WriteLineAsync("250 queued");
                }
                else await writer.WriteLineAsync("250 ok");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The other side went away, or the test is over.
        }
    }
}
