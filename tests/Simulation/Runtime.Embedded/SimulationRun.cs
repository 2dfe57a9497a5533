using System.Globalization;

namespace OneStop.Simulations;

/// <summary>Runs courses, one seed after the other, and says which one broke what.</summary>
internal static class SimulationRun
{
    /// <summary>Runs them.</summary>
    /// <returns>0 when everything held in each course, otherwise 1.</returns>
    public static int Of(int first, int count, int rounds)
    {
        var broken = 0;
        for (var seed = first; seed < first + count; seed++)
        {
            var report = Course.Run(seed, rounds);
            // The same seed is the same course: otherwise a failed one could not be looked at again.
            var faults = seed == first && Course.Run(seed, rounds).Hash != report.Hash ? report.Faults.Add("The same seed gave another course.") : report.Faults;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"seed {seed}: {report.Acknowledged} acknowledged, {report.Refused} refused, {report.Unknown} unknown and asked again, {report.Deaths} deaths, {report.Until:yyyy-MM-dd}, {faults.Length} faults"));
            foreach (var fault in faults) Console.WriteLine("  " + fault);
            if (faults.Length > 0) broken++;
        }

        if (broken > 0) Console.WriteLine($"{broken} of {count} courses broke a rule; run one again with --seed S --seeds 1.");
        return broken == 0 ? 0 : 1;
    }
}
