using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OneStop.Web.Tests.Serving;

/// <summary>
/// A payment gateway of a test's own, on a free port: it holds each call against the shared secret, opens one payment an order, and signs
/// what it reports. While <see cref="Answers"/> holds status codes, it answers with those instead.
/// </summary>
internal sealed class PaymentReceiver : IAsyncDisposable
{
    public const string Secret = "a secret of the tests";

    private readonly HttpListener listener = new();
    private readonly ConcurrentDictionary<string, string> payments = new();
    private readonly Task serving;

    public PaymentReceiver()
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}/payments");
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        serving = ServeAsync();
    }

    public string Address { get; }

    public ConcurrentQueue<int> Answers { get; } = new();

    /// <summary>Every order that came in with a good signature.</summary>
    public ConcurrentQueue<JsonNode> Orders { get; } = new();

    /// <summary>Reports to the town what became of a payment.</summary>
    public static async Task<Answer> ReportAsync(ApiClient town, object report, string secret = Secret, TimeSpan age = default)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(report);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/payments/reports") { Content = new ByteArrayContent(body) };
        return await town.SendAsync(request, ("X-OneStop-Signature", Signature(secret, DateTimeOffset.UtcNow - age, body)));
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    private static string Signature(string secret, DateTimeOffset at, byte[] body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes(seconds + "."), .. body];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return $"t={seconds},v1={Convert.ToHexStringLower(mac)}";
    }

    private static bool IsSigned(string? signature, byte[] body)
    {
        if (signature?.Split(',') is not [['t', '=', .. var seconds], _]) return false;
        return signature == Signature(Secret, DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)), body);
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
                var key = context.Request.Headers["Idempotency-Key"] ?? "";
                var answer = "{}";
                if (Answers.TryDequeue(out var status))
                {
                    context.Response.StatusCode = status;
                }
                else if (!IsSigned(context.Request.Headers["X-OneStop-Signature"], body.ToArray()))
                {
                    context.Response.StatusCode = 401;
                }
                else
                {
                    Orders.Enqueue(JsonNode.Parse(body.ToArray())!);
                    var payment = payments.GetOrAdd(key, _ => string.Create(CultureInfo.InvariantCulture, $"pay-{payments.Count + 1}"));
                    answer = new JsonObject { ["payment"] = payment, ["url"] = "https://pay.example/" + payment }.ToJsonString();
                }

                context.Response.Close(Encoding.UTF8.GetBytes(answer), willBlock: false);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
