namespace OneStop.Web.Tests.Serving;

/// <summary>A clerk at a counter.</summary>
internal sealed class Desk(ApiClient clerk, int number)
{
    public string Counter { get; } = "c" + number;

    public ApiClient Clerk => clerk;

    public Task<Answer> ViewAsync() => clerk.GetAsync(Path(""));

    public Task<Answer> DoAsync(string action, object? body = null, string? key = null) =>
        clerk.PostAsync(Path("/" + action), body, key);

    /// <summary>Opens the counter and sends whoever is still there away.</summary>
    public async Task OpenAsync()
    {
        (await DoAsync("open")).Expect(200);
        if ((await ViewAsync()).Json["active"] is not null) (await FinishAsync()).Expect(200);
    }

    public Task<Answer> CallAsync(string ticket, string? key = null) => DoAsync("call", new { ticket }, key);

    public Task<Answer> FinishAsync(string? key = null) => DoAsync("finish", new { outcome = "completed" }, key);

    private string Path(string action) => $"/api/halls/{TownFixture.Hall}/counters/{Counter}{action}";
}
