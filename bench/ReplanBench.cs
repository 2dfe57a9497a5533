using System.Diagnostics;
using System.Globalization;
using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Rollouts;
using Orleans;

namespace OneStop.Bench;

/// <summary>How many running cases a second a changed calendar comes to: all of them asleep, each moved, each with its change in its record.</summary>
public static class ReplanBench
{
    private const int Callers = 64;

    private static readonly Actor Clerk = new("clerk1", null, [Role.Clerk]);

    /// <summary>Takes in and accepts cases that all run by the calendar of China.</summary>
    /// <returns>Commands a second: what the same machine does in the same minutes with cases that are awake.</returns>
    public static async Task<double> FillAsync(IGrainFactory grains, int cases)
    {
        var clock = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < cases;)
            {
                var number = string.Create(CultureInfo.InvariantCulture, $"P{i:D8}");
                var application = grains.GetGrain<IApplicationGrain>(number);
                await application.Receive(By("public"), Actor.Public, new Intake("shop-licence", "Bench", "ID-" + number, null, "{}", [], Channel.Desk, "00000000"));
                await application.Execute(By("clerk1"), Clerk, new AcceptApplication(), []);
            }
        }));
        return 2 * cases / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Declares a working day a holiday.</summary>
    /// <returns>Cases a second, from the command until the last of them is planned again.</returns>
    /// <exception cref="InvalidOperationException">A case did not move.</exception>
    public static async Task<double> MeasureAsync(IGrainFactory grains, int cases, int workday)
    {
        var calendar = PublishedCalendars.China();
        var day = calendar.AddWorkdays(calendar.DateOf(DateTimeOffset.UtcNow), workday);
        var clock = Stopwatch.StartNew();
        var answer = await grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Change(
            By("admin"), new CalendarChange("cn", null, [new DeclaredDay("cn", day, "bench", IsOff: true)]));
        while (true)
        {
            var view = await grains.GetGrain<IRolloutGrain>(answer.Rollout!).View();
            if (view.State == RolloutStanding.Running)
            {
                await Task.Delay(10);
                continue;
            }

            return view.Figures.Moved == cases
                ? cases / clock.Elapsed.TotalSeconds
                : throw new InvalidOperationException($"Of {cases} cases {view.Figures} were planned again.");
        }
    }

    private static CommandInfo By(string actor) => new(actor, Guid.NewGuid().ToString(), "", MayRepeat: false, actor);
}
