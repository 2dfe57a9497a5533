using System.Diagnostics;

namespace OneStop.Web.Tests.Operation;

/// <summary>A program of the machine that a test uses; without it the test is skipped and says what to install.</summary>
internal static class Tool
{
    /// <summary>The top of the sources.</summary>
    public static string Sources { get; } = FindSources();

    public static string Find(string program, string package)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not installed (apt-get install {package}).");
        return path!;
    }

    /// <summary>Runs it to its end and gives its exit code and everything it said.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(string program, string[] arguments, string? input = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Sources,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var said = string.Concat(await Task.WhenAll(output, errors));
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    private static string FindSources()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OneStop.sln")))
                return folder.FullName;
        throw new InvalidOperationException("The sources are not above the tests.");
    }
}
