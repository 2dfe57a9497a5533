using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using OneStop.Domain;
using OneStop.Grains.Interfaces.Payments;
using OneStop.Grains.Payments;

namespace OneStop.Silo.Payments;

/// <summary>
/// A payment gateway over HTTP: a POST of <c>{"order","amountInFen","subject","subjectEn"}</c>, signed (<see cref="SharedSecret"/>) and with
/// the order as <c>Idempotency-Key</c>, is answered with <c>{"payment","url"}</c>.
/// </summary>
/// <param name="address">Its address.</param>
/// <param name="secret">The secret shared with it.</param>
/// <param name="time">The clock.</param>
internal sealed class HttpPaymentGateway(Uri address, string secret, TimeProvider time) : IPaymentGateway, IDisposable
{
    private const int LongestId = 100;
    private const int LongestAnswer = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    // Somebody waits in front of the page: better a clear answer soon.
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <inheritdoc/>
    public async Task<PaymentOffer> OpenAsync(string order, long amountInFen, LocalizedText subject)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Request(order, amountInFen, subject.Zh, subject.En), Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json, "utf-8");
        request.Headers.Add("Idempotency-Key", order);
        request.Headers.Add(SharedSecret.Header, SharedSecret.Sign(secret, body, time.GetUtcNow()));
        try
        {
            using var response = await http.SendAsync(request);
            if (!response.IsSuccessStatusCode) throw Unavailable($"The payment gateway answered {(int)response.StatusCode}; try again later or pay at the cashier.");
            var offer = JsonSerializer.Deserialize<Offer>(await response.Content.ReadAsByteArrayAsync(), Json);
            return offer is { Payment: { Length: > 0 and <= LongestId } payment, Url: { } url }
                && Uri.TryCreate(url, UriKind.Absolute, out var page) && page.Scheme is "http" or "https"
                ? new PaymentOffer(payment, url)
                : throw Unavailable("The payment gateway's answer names no payment; pay at the cashier.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
        {
            throw Unavailable("The payment gateway does not answer as it should; try again later or pay at the cashier.");
        }
    }

    /// <inheritdoc/>
    public bool IsSigned(string signature, ImmutableArray<byte> body) => SharedSecret.IsSigned(secret, signature, body.AsSpan(), time.GetUtcNow());

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static OneStopException Unavailable(string message) =>
        new(RefusalKind.Unavailable, "gateway-unavailable", message) { RetryAfter = TimeSpan.FromSeconds(10) };

    private sealed record Request(string Order, long AmountInFen, string Subject, string SubjectEn);

    private sealed record Offer(string? Payment, string? Url);
}
