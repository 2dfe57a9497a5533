using System.Text.Json.Nodes;

namespace OneStop.Web.Tests.Serving;

/// <summary>What the server answered.</summary>
internal sealed record Answer(string Asked, int Status, string? MediaType, TimeSpan? RetryAfter, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException($"{Asked} was answered with null.");

    /// <summary>The faults of a problem, as <c>pointer code</c>.</summary>
    public string[] Faults => [.. Json["errors"]!.AsArray().Select(e => $"{e!["pointer"]!.GetValue<string>()} {e["code"]!.GetValue<string>()}")];

    /// <summary>Its items, when it is a list.</summary>
    public JsonNode[] Items => [.. Json["items"]!.AsArray().Select(item => item!)];

    public string Text(string member) =>
        Json[member]?.GetValue<string>() ?? throw new InvalidOperationException($"{Asked} was answered without '{member}': {Body}");

    public Answer Expect(int status)
    {
        Assert.True(status == Status, $"{Asked}: expected {status}, got {Status}: {Body}");
        return this;
    }

    /// <summary>It must be a problem of this code, in the form that API.md gives to all of them.</summary>
    public Answer ExpectProblem(int status, string code)
    {
        Expect(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(code, Text("code"));
        Assert.Equal(status, Json["status"]!.GetValue<int>());
        Assert.NotEmpty(Text("type"));
        Assert.NotEmpty(Text("title"));
        Assert.NotEmpty(Text("detail"));
        foreach (var fault in Json["errors"]?.AsArray() ?? [])
        {
            Assert.NotNull(fault!["pointer"]);
            Assert.NotEmpty(fault["code"]!.GetValue<string>());
            Assert.NotEmpty(fault["message"]!.GetValue<string>());
        }

        return this;
    }
}
