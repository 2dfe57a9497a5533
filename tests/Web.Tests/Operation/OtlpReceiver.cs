using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Operation;

/// <summary>Takes spans over OTLP (http/protobuf) on loopback.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private OtlpReceiver(WebApplication app) => this.app = app;

    /// <summary>Where to send to.</summary>
    public string Address { get; private init; } = "";

    public ConcurrentBag<Span> Spans { get; } = [];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new OtlpReceiver(app) { Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}") };
        app.MapPost("/v1/traces", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            foreach (var span in Read(body.ToArray())) receiver.Spans.Add(span);
            context.Response.ContentType = "application/x-protobuf";
        });
        app.Urls.Add(receiver.Address);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    // ExportTraceServiceRequest.resource_spans(1).scope_spans(2).spans(2)
    private static IEnumerable<Span> Read(byte[] request) =>
        from resource in Fields(request)
        where resource.Number == 1
        from scope in Fields(resource.Bytes)
        where scope.Number == 2
        from span in Fields(scope.Bytes)
        where span.Number == 2
        let fields = Fields(span.Bytes).ToLookup(field => field.Number, field => field.Bytes)
        select new Span(
            Convert.ToHexString(fields[1].Single()), Convert.ToHexString(fields[2].Single()),
            Convert.ToHexString(fields[4].FirstOrDefault() ?? []), System.Text.Encoding.UTF8.GetString(fields[5].Single()));

    private static List<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[])>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var length = (key & 7) switch { 0 => 0, 1 => 8, 2 => (int)Varint(message, ref at), 5 => 4, _ => throw new InvalidDataException("Not protobuf.") };
            if ((key & 7) == 0) Varint(message, ref at);
            fields.Add(((int)(key >> 3), message[at..(at + length)]));
            at += length;
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }

    /// <summary>A span as it came.</summary>
    public sealed record Span(string Trace, string Id, string Parent, string Name);
}
