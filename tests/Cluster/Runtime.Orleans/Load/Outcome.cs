using System.Text.Json.Nodes;

namespace OneStop.Cluster.Tests;

/// <summary>How a command ended for its caller.</summary>
/// <param name="Kind">What it was, such as <c>take</c>.</param>
/// <param name="Key">Its Idempotency-Key.</param>
/// <param name="Status">The last status; 0 when no answer came.</param>
/// <param name="Body">The last body.</param>
/// <param name="SentAt">When it was sent first.</param>
/// <param name="Took">How long its caller waited, every try included.</param>
/// <param name="Tries">What the tries before the last met.</param>
internal sealed record Outcome(string Kind, string Key, int Status, string Body, DateTimeOffset SentAt, TimeSpan Took, IReadOnlyList<string> Tries)
{
    /// <summary>Whether it was acknowledged: from now on it may not be lost.</summary>
    public bool IsAcknowledged => Status is >= 200 and < 300;

    public JsonNode Json => JsonNode.Parse(Body)!;
}
