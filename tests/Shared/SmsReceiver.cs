using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OneStop.Tests;

/// <summary>A call as it came in.</summary>
internal sealed record TakenSms(string Key, string? Signature, byte[] Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>An SMS gateway of a test's own, on a free port: it answers with the given status codes, 0 meaning not at all, and with 200 after them.</summary>
internal sealed class SmsReceiver : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<int> answers;
    private readonly List<HttpListenerContext> hanging = [];
    private readonly Task serving;

    public SmsReceiver(params int[] answers)
    {
        this.answers = new ConcurrentQueue<int>(answers);
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/send");
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Every call, also those that it answered with a failure.</summary>
    public ConcurrentQueue<TakenSms> Taken { get; } = new();

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                Taken.Enqueue(new TakenSms(context.Request.Headers["Idempotency-Key"]!, context.Request.Headers["X-OneStop-Signature"], body.ToArray()));
                var answer = answers.TryDequeue(out var next) ? next : 200;
                if (answer == 0)
                {
                    hanging.Add(context);
                    continue;
                }

                context.Response.StatusCode = answer;
                context.Response.Close(Encoding.UTF8.GetBytes("{}"), willBlock: false);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
