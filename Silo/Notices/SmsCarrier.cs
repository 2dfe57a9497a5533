using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using OneStop.Domain.Notices;
using OneStop.Grains.Notices;
using OneStop.Silo.Payments;

namespace OneStop.Silo.Notices;

/// <summary>
/// Carries notices to an SMS gateway: a POST of <c>{"id","to","text","textEn"}</c> with the id as <c>Idempotency-Key</c>.
/// With a secret it is signed, see <see cref="SharedSecret"/>.
/// </summary>
/// <param name="gateway">Its address.</param>
/// <param name="secret">The secret shared with it; null for none.</param>
/// <param name="time">The clock.</param>
internal sealed class SmsCarrier(Uri gateway, string? secret, TimeProvider time) : INoticeCarrier, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    // The outbox limits each attempt; a pooled connection is renewed so that a gateway that moves is found.
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc/>
    public NoticeChannel Channel => NoticeChannel.Sms;

    /// <inheritdoc/>
    public async Task<Carried> CarryAsync(Letter letter, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Message(letter.Id, letter.Address, letter.Text.Zh, letter.Text.En), Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json, "utf-8");
        request.Headers.Add("Idempotency-Key", letter.Id);
        if (secret is not null) request.Headers.Add(SharedSecret.Header, SharedSecret.Sign(secret, body, time.GetUtcNow()));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode) return Carried.Delivered;
        var reason = $"The gateway answered {(int)response.StatusCode}.";
        // Only these say that the message itself is wrong; a wrong secret or address of the gateway is put right and tried again.
        return response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity ? Carried.Refused(reason) : Carried.TryAgain(reason);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private sealed record Message(string Id, string To, string Text, string TextEn);
}
