using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;

namespace OneStop.Silo.City;

/// <summary>
/// One case of the city and what its people do with it: at each turn something is done through the case's grain, and
/// from its answer and the case's own luck follows what is done when next. The luck is the seed's: the same one, the same course.
/// </summary>
internal sealed partial class CityCase
{
    private readonly Random random;
    private readonly CityHours hours;
    private readonly Action<DateTimeOffset, CityCase, CityAct> plan;
    private readonly HashSet<string> planned = [];
    private readonly List<CityAct> waiting = [];
    private readonly int retreats;
    private IApplicationGrain? grain;
    private int texts;
    private int returned;
    private bool vetoed;
    private bool suspended;
    private bool supervised;
    private bool deciding;
    private bool over;
    private (string How, ApplicationView Last)? end;
    private ApplicationOutcome decision;

    public CityCase(int seed, int index, ItemDefinition item, CityHours hours, Action<DateTimeOffset, CityCase, CityAct> plan)
    {
        random = new Random(unchecked((seed * 486_187_739) + index));
        retreats = random.Next(3);
        Number = string.Create(CultureInfo.InvariantCulture, $"C{index:D8}");
        Item = item;
        (this.hours, this.plan) = (hours, plan);
    }

    /// <summary>Its acceptance number.</summary>
    public string Number { get; }

    /// <summary>Its item.</summary>
    public ItemDefinition Item { get; }

    /// <summary>How it ended and how it stood then, once; null while it runs and afterwards.</summary>
    public (string How, ApplicationView Last)? TakeEnd()
    {
        var taken = end;
        end = null;
        return taken;
    }

    private IApplicationGrain Grain => grain ?? throw new InvalidOperationException($"{Number} does nothing before its first act.");

    private double Luck => random.NextDouble();

    /// <summary>Does what was planned for now.</summary>
    /// <param name="grains">Gives the case's grain.</param>
    /// <param name="act">What.</param>
    /// <param name="now">The present.</param>
    public Task DoAsync(Func<string, IApplicationGrain> grains, CityAct act, DateTimeOffset now)
    {
        grain ??= grains(Number);
        if (over) return Task.CompletedTask;
        if (suspended && act.Kind is CityActKind.Step or CityActKind.Decide)
        {
            waiting.Add(act);
            return Task.CompletedTask;
        }

        return act.Kind switch
        {
            CityActKind.Receive => Item.Kind == ItemKind.Reported ? StartOutsideAsync(now) : ReceiveAsync(now),
            CityActKind.TakeIn => TakeInAsync(now, again: false),
            CityActKind.TakeInAgain => TakeInAsync(now, again: true),
            CityActKind.Supplement => SupplementAsync(now),
            CityActKind.Step => StepAsync(act.Step!, now),
            CityActKind.Supervise => SuperviseAsync(act.Step!, now),
            CityActKind.Suspend => SuspendAsync(now),
            CityActKind.Resume => ResumeAsync(now),
            CityActKind.Extend => ExtendAsync(),
            CityActKind.Withdraw => WithdrawAsync(),
            CityActKind.Decide => DecideAsync(now),
            CityActKind.Deliver => DeliverAsync(),
            CityActKind.Activity => ReportAsync(now),
            _ => EndOutsideAsync(now),
        };
    }

    private void Plan(DateTimeOffset now, double workdays, CityActKind kind, string? step = null) =>
        plan(hours.After(now, workdays, random), this, new(kind, step));

    private void Soon(DateTimeOffset now, CityActKind kind) => plan(now.AddSeconds(60 + random.Next(900)), this, new(kind, null));

    private Task<ApplicationView> ExecuteAsync(Actor actor, ApplicationCommand command, params ImmutableArray<CaseText> said) =>
        Grain.Execute(Info(actor.User), actor, command, said);

    // The reference of a text that goes with a command.
    private CaseText Text(string text) => new(string.Create(CultureInfo.InvariantCulture, $"{Number}.{++texts}"), text);

    private static CommandInfo Info(string actor) => new(actor, "", "", MayRepeat: false, actor);

    private void Ended(string how, ApplicationView view) => (over, end) = (true, (how, view));

    private static double DaysOf(Limit? limit) => limit switch
    {
        WorkingDays days => days.Days,
        WorkingHours workingHours => workingHours.Hours / 6.0,
        _ => 3,
    };
}

/// <summary>What is planned for a case.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">The step it is about; null for the case.</param>
internal sealed record CityAct(CityActKind Kind, string? Step);

/// <summary>What people of the city do.</summary>
internal enum CityActKind
{
    /// <summary>It comes in.</summary>
    Receive,

    /// <summary>It is looked at: accepted, refused, or something is missing.</summary>
    TakeIn,

    /// <summary>It is looked at after what was missing came.</summary>
    TakeInAgain,

    /// <summary>What was missing comes.</summary>
    Supplement,

    /// <summary>A step is done.</summary>
    Step,

    /// <summary>The officer has a step done that nobody does.</summary>
    Supervise,

    /// <summary>A special procedure begins.</summary>
    Suspend,

    /// <summary>It ends.</summary>
    Resume,

    /// <summary>The limit is extended.</summary>
    Extend,

    /// <summary>The applicant withdraws.</summary>
    Withdraw,

    /// <summary>It is decided.</summary>
    Decide,

    /// <summary>The decision is delivered.</summary>
    Deliver,

    /// <summary>An outside system did something.</summary>
    Activity,

    /// <summary>An outside system is done.</summary>
    EndOutside,
}
