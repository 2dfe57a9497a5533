using System.Collections.Immutable;
using OneStop.Silo.Sample;

namespace OneStop.Simulations;

/// <summary>One course of the town, drawn by its seed.</summary>
internal sealed class Course : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly Random dice;
    private readonly World world;
    private readonly Ledger ledger = new();
    private readonly CasePeople cases;
    private readonly HallPeople visitors;
    private readonly Checks checks;
    private int deaths;

    private Course(int seed)
    {
        var town = SampleTown.Read();
        dice = new Random(seed);
        world = new World(seed, Monday);
        cases = new CasePeople(town, dice);
        visitors = new HallPeople(town.Halls[0], dice);
        checks = new Checks(world, town, cases, visitors, ledger.Faults);
    }

    /// <summary>Runs it.</summary>
    public static CourseReport Run(int seed, int rounds)
    {
        using var course = new Course(seed);
        return course.Run(rounds);
    }

    public void Dispose() => world.Dispose();

    private CourseReport Run(int rounds)
    {
        for (var round = 0; round < rounds && ledger.Faults.Count == 0; round++)
        {
            world.Hints.LossRate = dice.Next(3) == 0 ? 0.3 : 0;
            world.Store.FailureRate = dice.Next(4) == 0 ? 0.1 : 0;
            if (dice.Next(15) == 0) world.Store.DieAfter(dice.Next(1, 12));
            world.Simulation.Run(ActAsync);
            if (world.Store.IsDead || dice.Next(40) == 0) Restart();
            world.Simulation.Advance(dice.Next(6) switch
            {
                0 => TimeSpan.FromHours(dice.Next(1, 30)),
                1 when dice.Next(4) == 0 => TimeSpan.FromDays(dice.Next(1, 12)),
                _ => TimeSpan.FromSeconds(dice.Next(1, 600)),
            });
            if (world.Store.IsDead) Restart();
            if (dice.Next(10) == 0) Settle();
        }

        Settle();
        return new CourseReport(ledger.Acknowledged, ledger.Refused, ledger.Unknown, deaths, world.Now, checks.Hash(), [.. ledger.Faults]);
    }

    // Several at once: the order of their turns is the seed's too.
    private Task ActAsync()
    {
        var acts = Enumerable.Range(0, dice.Next(1, 12)).Select(_ => ledger.New(dice.Next(2) == 0 ? cases.Next() : visitors.Next(checks.Today), world.Now)).ToArray();
        return Task.WhenAll(acts.Select(act => ledger.DoAsync(world, act)));
    }

    private void Restart()
    {
        world.Die();
        deaths++;
        world.Start();
    }

    // Everything works again for a moment: what nobody knew the end of is asked again, and then the rules hold.
    private void Settle()
    {
        (world.Hints.LossRate, world.Store.FailureRate) = (0, 0);
        world.Store.DieAfter(int.MaxValue);
        foreach (var sent in ledger.TakeOpen()) world.Simulation.Run(() => ledger.DoAsync(world, sent));
        for (var i = 0; i < 3; i++)
            if (ledger.Recent(world.Now, dice) is { } recent)
                world.Simulation.Run(() => ledger.RepeatAsync(world, recent.Sent, recent.Answer));
        world.Simulation.Run(world.PulseAsync);
        world.Simulation.Run(checks.HoldAsync);
    }
}

/// <summary>How a course went.</summary>
/// <param name="Acknowledged">Commands that were acknowledged.</param>
/// <param name="Refused">Commands that were refused.</param>
/// <param name="Unknown">Commands whose end nobody knew, asked again later.</param>
/// <param name="Deaths">How often the process died.</param>
/// <param name="Until">Where the clock stood at the end.</param>
/// <param name="Hash">Of everything that was recorded and of the order of all turns.</param>
/// <param name="Faults">What did not hold.</param>
internal sealed record CourseReport(
    int Acknowledged, int Refused, int Unknown, int Deaths, DateTimeOffset Until, string Hash, ImmutableArray<string> Faults);
