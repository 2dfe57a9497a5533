using System.Globalization;
using Xunit.Runner.InProc.SystemConsole;

namespace OneStop.Cluster.Tests;

/// <summary>The test runner; with one of its own options, the long run under load instead.</summary>
internal static class Program
{
    private const string Usage = "--rate COMMANDS-A-SECOND --minutes M --kill-every SECONDS --store-away SECONDS --silos N --seed N";

    public static Task<int> Main(string[] args) =>
        args.Any(argument => argument is "--rate" or "--minutes" or "--kill-every" or "--store-away" or "--silos" or "--seed")
            ? LongRunAsync(args)
            : ConsoleRunner.Run(args);

    private static async Task<int> LongRunAsync(string[] args)
    {
        var options = new LongRunOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 >= args.Length || !double.TryParse(args[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value < 0)
            {
                await Console.Error.WriteLineAsync(Usage);
                return 2;
            }

            options = args[i] switch
            {
                "--rate" => options with { Rate = (int)value },
                "--minutes" => options with { Length = TimeSpan.FromMinutes(value) },
                "--kill-every" => options with { KillEvery = TimeSpan.FromSeconds(value) },
                "--store-away" => options with { StoreAway = TimeSpan.FromSeconds(value) },
                "--silos" => options with { Silos = (int)value },
                "--seed" => options with { Seed = (int)value },
                _ => throw new ArgumentException(Usage),
            };
        }

        return await LongRun.RunAsync(options, Console.Out);
    }
}
