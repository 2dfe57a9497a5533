using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OneStop.Web.Tests.Serving;

/// <summary>A caller of the HTTP interface: the public, or somebody who signed in.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    public ApiClient(Uri address)
    {
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false, MaxConnectionsPerServer = 64 })
        {
            BaseAddress = address,
            Timeout = Until.Most,
        };
    }

    public CookieContainer Cookies { get; } = new();

    public Uri Address => http.BaseAddress!;

    /// <summary>The session's anti-forgery token; null before signing in.</summary>
    public string? Antiforgery { get; set; }

    public async Task SignInAsync(string user)
    {
        (await PostAsync("/api/session", new { user, password = ServerProcess.Password })).Expect(204);
        Antiforgery = (await GetAsync("/api/session")).Expect(200).Text("antiforgery");
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), headers);

    public Task<Answer> PostAsync(string path, object? body = null, string? key = null) =>
        PostRawAsync(path, body is null ? "" : JsonSerializer.Serialize(body, JsonSerializerOptions.Web), key);

    public Task<Answer> PostRawAsync(string path, string body, string? key = null) =>
        PostBytesAsync(path, Encoding.UTF8.GetBytes(body), key);

    public Task<Answer> PostBytesAsync(string path, byte[] body, string? key = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return PostContentAsync(path, content, key);
    }

    public Task<Answer> PostContentAsync(string path, HttpContent content, string? key = null) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = content },
        key is null ? [] : [("Idempotency-Key", key)]);

    public Task<Answer> DeleteAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), []);

    /// <summary>What is at an address, byte by byte and with its headers.</summary>
    public async Task<HttpResponseMessage> FetchAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        using (request)
        {
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            if (Antiforgery is not null && request.Method != HttpMethod.Get) request.Headers.Add("X-CSRF", Antiforgery);
            using var response = await http.SendAsync(request);
            return new Answer(
                $"{request.Method} {request.RequestUri}",
                (int)response.StatusCode,
                response.Content.Headers.ContentType?.MediaType,
                response.Headers.RetryAfter?.Delta,
                await response.Content.ReadAsStringAsync());
        }
    }

    public void Dispose() => http.Dispose();
}
