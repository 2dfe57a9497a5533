using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Operation;

/// <summary>A command can be followed from the request to the record.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onestop-trace-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ARequestItsGrainsAndItsAppendAreOneTrace()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await ServerProcess.StartAsync(folder, ServerProcess.FreePort(),
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ]);
        using var visitor = new ApiClient(server.Address);
        (await visitor.PostAsync("/api/halls/shilong/tickets", new { service = "civil" })).Expect(201);

        var append = await Until.Holds(
            "the span of an append below a queue's below the request's",
            () => Task.FromResult(receiver.Spans.FirstOrDefault(span => span.Name == "journal append" && Way(receiver, span).Contains("IQueueGrain.Take"))),
            span => span is not null && Way(receiver, span).Count > 2);

        Assert.Equal(["journal append", "IQueueGrain.Take", "POST /api/halls/{hall}/tickets"], Way(receiver, append!));
    }

    // The names from a span up to the trace's root.
    private static List<string> Way(OtlpReceiver receiver, OtlpReceiver.Span? span)
    {
        var way = new List<string>();
        for (; span is not null; span = receiver.Spans.FirstOrDefault(other => other.Trace == span.Trace && other.Id == span.Parent)) way.Add(span.Name);
        return way;
    }
}
