using System.CommandLine;
using OneStop.Silo.Commands;

namespace OneStop.Web.Tests.Serving;

/// <summary>
/// The program's own command, run in the process of the tests: what was compiled to serve one town serves the next, which
/// for a program that lives for seconds is most of its work. It can be stopped, not killed.
/// </summary>
internal sealed class HostedServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Listener said = new();
    private readonly Task<int> served;

    static HostedServer() => Environment.SetEnvironmentVariable("ONESTOP_SAMPLE_PASSWORD", ServerProcess.Password);

    private HostedServer(Uri address, string[] arguments)
    {
        Address = address;
        served = Task.Run(() => InvokeAsync(arguments, said, stop.Token));
    }

    public Uri Address { get; }

    /// <summary>Starts to serve, and waits until it says that it does.</summary>
    public static async Task<HostedServer> StartAsync(string data, int port, params string[] more)
    {
        var address = ServerProcess.AddressOf(port);
        var server = new HostedServer(address, ["--data", data, "--urls", address.ToString().TrimEnd('/'), .. more]);
        try
        {
            if (await Until.Comes("the line of the program that it serves", Task.WhenAny(server.said.Serving, server.served)) == server.said.Serving) return server;
            throw new InvalidOperationException("The program ended instead of serving:\n" + server.said);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var said = new StringWriter();
        var exitCode = await Until.Comes("the end of " + string.Join(' ', arguments), Task.Run(() => InvokeAsync(arguments, said, CancellationToken.None)));
        return (exitCode, said.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Until.Comes("the end of the town", served);
        stop.Dispose();
        await said.DisposeAsync();
    }

    private static Task<int> InvokeAsync(string[] arguments, TextWriter said, CancellationToken cancellation) => CommandLine.Make().Parse(arguments)
        .InvokeAsync(new InvocationConfiguration { Output = said, Error = said, ProcessTerminationTimeout = null }, cancellation);

    /// <summary>Hears what the program says.</summary>
    private sealed class Listener : StringWriter
    {
        private readonly TaskCompletionSource serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Serving => serving.Task;

        public override Task WriteLineAsync(string? value)
        {
            if (value?.StartsWith("OneStop serves ", StringComparison.Ordinal) is true) serving.TrySetResult();
            return base.WriteLineAsync(value);
        }
    }
}
