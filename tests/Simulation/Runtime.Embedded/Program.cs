using System.CommandLine;
using Xunit.Runner.InProc.SystemConsole;

namespace OneStop.Simulations;

/// <summary>The test runner; with one of its own options, many seeds instead.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        var seeds = new Option<int>("--seeds") { Description = "How many courses to run.", DefaultValueFactory = _ => 20 };
        var first = new Option<int>("--seed") { Description = "The first one's seed; with --seeds 1 it is run alone, as a failed one is repeated.", DefaultValueFactory = _ => 1 };
        var rounds = new Option<int>("--rounds") { Description = "How often people act in a course.", DefaultValueFactory = _ => 150 };
        var root = new RootCommand("The whole town under virtual time, by a seed, with a store that fails, hints that are lost and sudden deaths.") { seeds, first, rounds };
        root.SetAction(parsed => SimulationRun.Of(parsed.GetValue(first), parsed.GetValue(seeds), parsed.GetValue(rounds)));
        return args.Any(argument => argument is "--seeds" or "--seed" or "--rounds" or "--help") ? root.Parse(args).InvokeAsync() : ConsoleRunner.Run(args);
    }
}
