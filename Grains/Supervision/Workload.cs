using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Grains.Interfaces.Supervision;

namespace OneStop.Grains.Supervision;

/// <summary>A department's cases, added up. What is told twice or out of order counts once.</summary>
internal sealed class Workload
{
    public const int ShownCards = 20;
    private const int ShownCases = 10;

    private readonly Dictionary<string, CaseContribution> cases = [];
    private readonly SortedSet<(DateTimeOffset DueAt, string Application)> byDueDate = new(Comparer<(DateTimeOffset DueAt, string Application)>.Create(
        static (a, b) => a.DueAt.CompareTo(b.DueAt) is not 0 and var first ? first : string.CompareOrdinal(a.Application, b.Application)));
    private ImmutableArray<BoardCard> cards = [];
    private DateOnly day;
    private DateTimeOffset dayStart = DateTimeOffset.MaxValue;
    private int acceptedToday;
    private int completedToday;

    /// <summary>Open cases by light.</summary>
    public Lights Lights { get; private set; } = Lights.None;

    /// <summary>Takes a case in; false when something newer of it is known.</summary>
    public bool Apply(CaseContribution contribution)
    {
        if (cases.TryGetValue(contribution.Application, out var old))
        {
            if (old.Seq >= contribution.Seq) return false;
            Count(old, -1);
        }

        cases[contribution.Application] = contribution;
        Count(contribution, 1);
        Show(contribution.Cards);
        return true;
    }

    /// <summary>Puts cards on the board, the latest first.</summary>
    public void Show(ImmutableArray<BoardCard> issued)
    {
        if (issued.IsEmpty) return;
        cards = [.. issued.Reverse().Concat(cards).Take(ShownCards)];
    }

    /// <summary>The sums as they stand.</summary>
    public DepartmentContribution Contribution(string code, long epoch, long version, DateOnly today, WorkingCalendar calendar)
    {
        var start = calendar.StartOf(today);
        if (today != day) Begin(today, start);
        return new DepartmentContribution(
            code,
            epoch,
            version,
            Lights.Green + Lights.Warning + Lights.Yellow + Lights.Red,
            Lights,
            acceptedToday,
            completedToday,
            [.. byDueDate.Take(ShownCases).Select(due => Shown(cases[due.Application]))],
            cards);
    }

    /// <summary>
    /// How many cases are counted and the sum of their sequence numbers. Every change of a case raises its number, so that both are those of
    /// the record only if nothing is missing.
    /// </summary>
    public (long Cases, long Seqs) Mark(DateTimeOffset startOfToday)
    {
        var counted = cases.Values.Where(c => c.Open || c.CompletedAt >= startOfToday).ToArray();
        return (counted.Length, counted.Sum(c => c.Seq));
    }

    private static BoardCase Shown(CaseContribution c) => new(c.Application, c.Item, c.Department, c.Light, c.DueAt);

    // A new day: what ended before it is no longer of interest, and today's counts begin again.
    private void Begin(DateOnly today, DateTimeOffset start)
    {
        (day, dayStart) = (today, start);
        foreach (var past in cases.Values.Where(c => !c.Open && c.CompletedAt < start).ToArray()) cases.Remove(past.Application);
        acceptedToday = cases.Values.Count(c => c.AcceptedAt >= start);
        completedToday = cases.Values.Count(c => c.CompletedAt >= start);
    }

    private void Count(CaseContribution contribution, int count)
    {
        if (contribution.AcceptedAt >= dayStart) acceptedToday += count;
        if (contribution.CompletedAt >= dayStart) completedToday += count;
        if (!contribution.Open) return;
        Lights = Lights.Add(contribution.Light, count);
        if (contribution.DueAt is not { } due) return;
        if (count > 0) byDueDate.Add((due, contribution.Application));
        else byDueDate.Remove((due, contribution.Application));
    }
}
