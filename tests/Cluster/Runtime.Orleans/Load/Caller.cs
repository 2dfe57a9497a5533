using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using OneStop.Web.Tests.Serving;

namespace OneStop.Cluster.Tests;

/// <summary>
/// A caller who knows several addresses: what one of them cannot do now is sent to the next under the same
/// Idempotency-Key, as a reverse proxy or a patient person would.
/// </summary>
internal sealed class Caller(ImmutableArray<Uri> addresses, HttpClient http)
{
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private string? cookie;
    private string? antiforgery;
    private int next;

    /// <summary>One client for all callers: connections are shared, cookies are not.</summary>
    public static HttpClient MakeHttp() => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Signs in at one of the addresses; the session is good at all.</summary>
    public async Task SignInAsync(string user)
    {
        using var one = new ApiClient(addresses[next++ % addresses.Length]);
        await one.SignInAsync(user);
        cookie = one.Cookies.GetCookieHeader(one.Address);
        antiforgery = one.Antiforgery;
    }

    /// <summary>Sends a command until it is carried out or refused for good.</summary>
    public async Task<Outcome> SendAsync(string kind, string path, object? body)
    {
        var key = $"{kind}-{Guid.NewGuid():N}";
        var text = body is null ? "" : JsonSerializer.Serialize(body, JsonSerializerOptions.Web);
        var (sentAt, started) = (DateTimeOffset.UtcNow, Stopwatch.GetTimestamp());
        var tries = new List<string>();
        while (true)
        {
            var address = addresses[(next++ & int.MaxValue) % addresses.Length];
            var tried = Stopwatch.GetTimestamp();
            var (status, answer) = await TryAsync(address, path, text, key);
            var took = Stopwatch.GetElapsedTime(started);
            if (status is not (0 or 503 or 429) || took > GivesUpAfter) return new Outcome(kind, key, status, answer, sentAt, took, tries);
            tries.Add($"{address.Port} {status} {Stopwatch.GetElapsedTime(tried).TotalMilliseconds:0} ms {Code(answer)}");
            await Task.Delay(Pause);
        }
    }

    private static string Code(string answer)
    {
        var at = answer.IndexOf("\"code\":\"", StringComparison.Ordinal);
        return at < 0 ? answer[..Math.Min(60, answer.Length)] : answer[(at + 8)..answer.IndexOf('"', at + 8)];
    }

    private async Task<(int Status, string Body)> TryAsync(Uri address, string path, string body, string key)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Version = HttpVersion.Version11,
            };
            request.Headers.Add("Idempotency-Key", key);
            if (cookie is not null) request.Headers.Add("Cookie", cookie);
            if (antiforgery is not null) request.Headers.Add("X-CSRF", antiforgery);
            using var response = await http.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return (0, e.InnerException?.Message ?? e.Message);
        }
    }
}
