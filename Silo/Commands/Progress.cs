using System.CommandLine;
using Spectre.Console;

namespace OneStop.Silo.Commands;

/// <summary>A bar that shows how far a command has come, on a terminal only.</summary>
internal static class Progress
{
    /// <summary>Runs a work that says how much of it is done.</summary>
    /// <param name="what">What is counted.</param>
    /// <param name="all">How much there is.</param>
    /// <param name="console">Where the command writes.</param>
    /// <param name="work">The work; what it is given takes how much is done.</param>
    public static TResult Of<TResult>(string what, int all, InvocationConfiguration console, Func<Action<long>, TResult> work)
    {
        if (Console.IsOutputRedirected || console.Output != Console.Out) return work(_ => { });
        return AnsiConsole.Progress().Start(context =>
        {
            var task = context.AddTask(what, maxValue: all);
            return work(done => task.Value = done);
        });
    }
}
