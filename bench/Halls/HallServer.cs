using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneStop.Domain.Halls;
using OneStop.Silo.Sample;

namespace OneStop.Bench.Halls;

/// <summary>The program as a user starts it, with the sample town and a hall of as many comprehensive counters as there are clerks.</summary>
public sealed class HallServer : IAsyncDisposable
{
    private const string Password = "bench bench bench";

    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly TaskCompletionSource<bool> serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HallServer(Process process, DirectoryInfo folder, Uri address) => (this.process, this.folder, Address) = (process, folder, address);

    /// <summary>Where it serves.</summary>
    public Uri Address { get; }

    /// <summary>The services of its hall.</summary>
    public ImmutableArray<string> Services { get; private init; }

    /// <summary>Starts it.</summary>
    public static async Task<HallServer> StartAsync(int counters, string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("onestop-hall");
        var town = SampleTown.Read();
        var hall = town.Halls[0];
        hall = hall with
        {
            Counters = [.. Enumerable.Range(1, counters).Select(i => new CounterDefinition("c" + i, new("窗口", "Counter " + i), [.. hall.Services.Select(s => s.Id)]))],
        };
        var file = Path.Combine(folder.FullName, "town.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(town with { Halls = [hall] }, JsonSerializerOptions.Web));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri("http://" + listener.LocalEndpoint);
        listener.Stop();
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "exec", Path.Combine(AppContext.BaseDirectory, "OneStop.Silo.dll"), "--data", folder.FullName, "--urls", address.ToString().TrimEnd('/'), "--town", file })
            start.ArgumentList.Add(argument);
        if (postgres is not null)
        {
            start.ArgumentList.Add("--postgres");
            start.ArgumentList.Add(postgres);
        }

        start.Environment["ONESTOP_SAMPLE_PASSWORD"] = Password;
        var server = new HallServer(new Process { StartInfo = start, EnableRaisingEvents = true }, folder, address) { Services = [.. hall.Services.Select(s => s.Id)] };
        await server.ServeAsync();
        return server;
    }

    /// <summary>A browser of its own; signed in when a user is named.</summary>
    public async Task<HttpClient> ClientAsync(string? user)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        if (user is null) return client;
        (await client.PostAsJsonAsync("/api/session", new { user, password = Password })).EnsureSuccessStatusCode();
        var session = await client.GetFromJsonAsync<JsonObject>("/api/session");
        client.DefaultRequestHeaders.Add("X-CSRF", session!["antiforgery"]!.GetValue<string>());
        return client;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task ServeAsync()
    {
        var said = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => serving.TrySetResult(false);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (await serving.Task.WaitAsync(TimeSpan.FromMinutes(2))) return;
        throw new InvalidOperationException("The program ended instead of serving:\n" + said);

        void Hear(string? line)
        {
            if (line is null) return;
            lock (said) said.AppendLine(line);
            if (line.StartsWith("OneStop serves ", StringComparison.Ordinal)) serving.TrySetResult(true);
        }
    }
}
