using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace OneStop.Tests;

/// <summary>
/// A PostgreSQL server for tests: one of its own from the installed binaries, on loopback with a temporary directory,
/// stopped and removed at the end; or the one that <c>ONESTOP_TEST_POSTGRES</c> names with a connection string.
/// </summary>
/// <remarks>Needs no more than Npgsql and <see cref="FreePort"/>, so that other test projects can link this file.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    // Stops the server at once when its input ends: when we say so, and also when the tests were killed.
    private const string Guard = """
        exec 3<&0
        "$@" &
        server=$!
        (read -r _ <&3; kill -QUIT $server) >/dev/null 2>&1 &
        wait $server
        """;

    private readonly Installation? _installation;
    private readonly string _directory;
    private readonly int _port;
    private readonly bool _durable;
    private Process? _process;
    private int _schemas;

    private PostgresServer(Installation? installation, string directory, int port, bool durable, string connectionString)
    {
        _installation = installation;
        _directory = directory;
        _port = port;
        _durable = durable;
        ConnectionString = connectionString;
    }

    /// <summary>Connects to the server as its owner.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether it is ours to stop and start again.</summary>
    public bool CanRestart => _installation is not null;

    /// <summary>Starts a server, or says why there cannot be one.</summary>
    /// <param name="durable">Whether a commit waits for the disk, as in service. Tests are faster without.</param>
    public static async Task<(PostgresServer? Server, string WhyNot)> TryStartAsync(bool durable = false)
    {
        if (Environment.GetEnvironmentVariable("ONESTOP_TEST_POSTGRES") is { Length: > 0 } given)
            return (new PostgresServer(null, string.Empty, 0, durable, given), string.Empty);
        if (Installation.Find(out var whyNot) is not { } installation)
            return (null, whyNot);

        var directory = Directory.CreateTempSubdirectory("onestop-postgres-").FullName;
        var port = FreePort.Next();
        var server = new PostgresServer(installation, directory, port, durable,
            string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=onestop;Database=postgres"));
        try
        {
            await installation.OwnAsync(directory);
            await installation.RunAsync(
                installation.PathOf("initdb"), "-D", Path.Combine(directory, "data"), "-U", "onestop", "-A", "trust", "--locale=C", "--encoding=UTF8", "--no-sync");
            await server.StartAsync();
            return (server, string.Empty);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection string to an empty schema of its own.</summary>
    public async Task<string> CreateSchemaAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _schemas)}");
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The name is made here.
        await using var command = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = name }.ConnectionString;
    }

    /// <summary>Starts it (again), on the same port with the same data.</summary>
    public async Task StartAsync()
    {
        string[] settings = _durable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"];
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = _installation!.Command("sh",
        [
            "-c", Guard, "guard", _installation.PathOf("postgres"),
            "-D", Path.Combine(_directory, "data"), "-p", _port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", .. settings,
        ]);
        start.RedirectStandardInput = true;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var said = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                return;
            lock (said)
                said.Add(line.Data);
            if (line.Data.Contains("ready to accept connections", StringComparison.Ordinal))
                ready.TrySetResult();
        };
        process.Exited += (_, _) =>
        {
            lock (said)
                ready.TrySetException(new InvalidOperationException($"PostgreSQL did not start:\n{string.Join('\n', said)}"));
        };
        process.Start();
        process.BeginErrorReadLine();
        _process = process;
        await ready.Task;
    }

    /// <summary>Stops it: at once and without a word to its clients, as a crash would.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_directory.Length > 0 && Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Where the binaries are and as whom they run; the server refuses to run as root.</summary>
    private sealed record Installation(string Binaries, string? User)
    {
        public static Installation? Find(out string whyNot)
        {
            whyNot = string.Empty;
            if (Folders().FirstOrDefault(IsOfServer) is not { } found)
            {
                whyNot = "PostgreSQL (initdb, postgres) is not installed and ONESTOP_TEST_POSTGRES is not set.";
                return null;
            }

            if (Environment.UserName != "root")
                return new Installation(found, null);
            var users = File.ReadAllLines("/etc/passwd").Select(static line => line.Split(':')[0]).ToHashSet();
            if (!File.Exists("/usr/bin/setpriv") || new[] { "postgres", "nobody" }.FirstOrDefault(users.Contains) is not { } user)
            {
                whyNot = "PostgreSQL does not run as root, and there is no setpriv or no user to run it as.";
                return null;
            }

            return new Installation(found, user);
        }

        private static IEnumerable<string> Folders()
        {
            const string debian = "/usr/lib/postgresql";
            var path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
            var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
            return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Concat(versions.OrderDescending().Select(static version => Path.Combine(version, "bin")));
        }

        private static bool IsOfServer(string folder) =>
            File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

        public async Task OwnAsync(string directory)
        {
            if (User is null)
                return;
            using var chown = Process.Start("chown", [User, directory]);
            await chown.WaitForExitAsync();
        }

        public string PathOf(string program) => Path.Combine(Binaries, program);

        public ProcessStartInfo Command(string program, string[] arguments)
        {
            var start = User is null
                ? new ProcessStartInfo(program, arguments)
                : new ProcessStartInfo("setpriv", ["--reuid", User, "--clear-groups", "--", program, .. arguments]);
            start.RedirectStandardError = true;
            start.RedirectStandardOutput = true;
            start.WorkingDirectory = "/";
            start.Environment["LC_ALL"] = "C";
            return start;
        }

        public async Task RunAsync(string program, params string[] arguments)
        {
            using var process = Process.Start(Command(program, arguments))!;
            var said = process.StandardOutput.ReadToEndAsync();
            var complaints = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{program} failed: {complaints}{await said}");
        }
    }
}
