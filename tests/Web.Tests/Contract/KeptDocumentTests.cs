using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>The pages' types are made from the kept OpenAPI document: it must be the one that is served.</summary>
[Collection(nameof(SharedTown))]
public sealed class KeptDocumentTests(MortalTown town)
{
    private static readonly JsonSerializerOptions Kept = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task TheKeptDocumentIsTheOneThatIsServed()
    {
        var served = (await town.Public.GetAsync("/openapi/v1.json")).Expect(200).Json.AsObject();
        // Where this town is served says nothing of the interface.
        served.Remove("servers");
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "openapi.json"), TestContext.Current.CancellationToken));

        var fresh = Path.Combine(AppContext.BaseDirectory, "openapi.served.json");
        await File.WriteAllTextAsync(fresh, served.ToJsonString(Kept) + "\n", TestContext.Current.CancellationToken);
        Assert.True(JsonNode.DeepEquals(kept, served), $"The interface has changed. When that is meant, copy {fresh} to WebFrontend/openapi.json; the pages' types follow it.");
    }
}
