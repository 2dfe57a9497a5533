using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace OneStop.Web.Tests.Serving;

/// <summary>The real program, started as a user would start it, and killed by its process id at the end.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    // A folder with the published program, to try that one instead of the one beside the tests.
    private const string PublishedVariable = "ONESTOP_TEST_PROGRAM";

    private readonly Process process;
    private readonly ConcurrentQueue<string> said;
    private readonly EventHandler killAtExit;
    private bool disposed;

    private ServerProcess(Process process, ConcurrentQueue<string> said, Uri address)
    {
        this.process = process;
        this.said = said;
        Address = address;
        killAtExit = (_, _) => Kill();
        AppDomain.CurrentDomain.ProcessExit += killAtExit;
    }

    public Uri Address { get; }

    /// <summary>Everything it wrote, for messages of failed tests.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>Starts to serve, and waits until it says that it does.</summary>
    public static Task<ServerProcess> StartAsync(string data, int port, params string[] more) => StartAsync(data, port, [], more);

    /// <summary>The same, with variables of the environment.</summary>
    public static async Task<ServerProcess> StartAsync(string data, int port, (string Name, string Value)[] environment, params string[] more)
    {
        var address = AddressOf(port);
        var said = new ConcurrentQueue<string>();
        var serving = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Make(["--data", data, "--urls", address.ToString().TrimEnd('/'), .. more]);
        foreach (var (name, value) in environment) process.StartInfo.Environment[name] = value;
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => serving.TrySetResult(false);
        process.Start();
        var server = new ServerProcess(process, said, address);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            if (await Until.Comes("the line of the program that it serves", serving.Task)) return server;
            throw new InvalidOperationException("The program ended instead of serving:\n" + server.Said);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        void Hear(string? line)
        {
            if (line is null) return;
            said.Enqueue(line);
            if (line.StartsWith("OneStop serves ", StringComparison.Ordinal)) serving.TrySetResult(true);
        }
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Make(arguments);
        process.Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            var all = await Until.Comes("the end of " + string.Join(' ', arguments), Task.WhenAll(output, errors));
            await process.WaitForExitAsync();
            return (process.ExitCode, string.Concat(all));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>Where it serves when it was given this port.</summary>
    public static Uri AddressOf(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    public static int FreePort() => OneStop.Tests.FreePort.Next();

    /// <summary>SIGKILL: it has no time to say or write anything.</summary>
    public void Kill()
    {
        try
        {
            if (!process.HasExited) process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }
    }

    /// <summary>SIGTERM, as a service manager or a container engine ends it, and waits until it is gone.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Kills it and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Again and again without harm: a test that fails while it starts the next one disposes of this one twice, and shall say why.
        if (disposed) return;
        disposed = true;
        AppDomain.CurrentDomain.ProcessExit -= killAtExit;
        await KillAsync();
        process.Dispose();
    }

    private static Process Make(string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } given ? given : "dotnet";
        var program = Path.Combine(Environment.GetEnvironmentVariable(PublishedVariable) ?? AppContext.BaseDirectory, "OneStop.Silo.dll");
        var start = new ProcessStartInfo(host, ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ONESTOP_SAMPLE_PASSWORD"] = Password;
        return new Process { StartInfo = start };
    }
}
