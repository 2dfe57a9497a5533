using System.Collections.Concurrent;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Durability;

/// <summary>A command as it was sent, so that it can be sent again.</summary>
internal sealed record Sent(ApiClient Caller, string Path, object? Body, string Key)
{
    public Task<Answer> AgainAsync() => Caller.PostAsync(Path, Body, Key);
}

/// <summary>What the callers remember: every command that was acknowledged, with its answer.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentQueue<(Sent Sent, Answer Answer)> acknowledged = new();

    public IReadOnlyCollection<(Sent Sent, Answer Answer)> Acknowledged => acknowledged;

    /// <summary>Sends a command and remembers the answer when it was carried out.</summary>
    /// <returns>The answer; null when the server was gone before it came.</returns>
    public async Task<Answer?> SendAsync(ApiClient caller, string path, object? body)
    {
        var sent = new Sent(caller, path, body, Guid.NewGuid().ToString());
        try
        {
            var answer = await sent.AgainAsync();
            if (answer.Status < 300) acknowledged.Enqueue((sent, answer));
            else if (answer.Status >= 500) throw new InvalidOperationException($"{path}: {answer.Status} {answer.Body}");
            return answer;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
