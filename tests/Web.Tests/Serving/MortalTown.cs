namespace OneStop.Web.Tests.Serving;

/// <summary>The same in a process of its own, as a user starts it: it can be killed, and all that the process tells of itself is this town's.</summary>
public sealed class MortalTown : TownFixture
{
    /// <summary>Kills it and leaves it dead.</summary>
    internal Task KillAsync() => EndAsync();

    /// <summary>Starts it again, on the same port with the same folder.</summary>
    internal Task RestartAsync() => BeginAsync();

    private protected override async Task<IAsyncDisposable> StartAsync(string data, int onPort, string[] arguments) =>
        await ServerProcess.StartAsync(data, onPort, arguments);
}
