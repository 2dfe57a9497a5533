using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Halls;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Supervision;

/// <summary>A department's live workload; the key is its code. Its feed is <c>department/{code}</c>.</summary>
public interface IDepartmentGrain : IFeedGrain
{
    /// <summary>A case has changed; a hint that may be lost.</summary>
    [OneWay]
    Task Tell(CaseContribution contribution);

    /// <summary>The department as it stands.</summary>
    [ReadOnly]
    Task<DepartmentContribution> Contribution();

    /// <summary>Counts the record again if it differs, so that whatever hint was lost is made good.</summary>
    Task Reconcile();
}

/// <summary>A region's wallboard; the key is its administrative code. Its feed is <c>region/{code}</c>.</summary>
public interface IRegionGrain : IFeedGrain
{
    /// <summary>A department has changed; a hint that may be lost.</summary>
    [OneWay]
    Task TellDepartment(DepartmentContribution contribution);

    /// <summary>A hall has changed; a hint that may be lost.</summary>
    [OneWay]
    Task TellHall(HallContribution contribution);

    /// <summary>Asks every department and hall again.</summary>
    Task Reconcile();
}

/// <summary>A case in its department's sums. A larger <paramref name="Seq"/> replaces a smaller one.</summary>
/// <param name="Application">Acceptance number.</param>
/// <param name="Seq">Head of the case's stream.</param>
/// <param name="Department">The department that answers for it.</param>
/// <param name="Item">The item's name.</param>
/// <param name="Open">Whether it runs.</param>
/// <param name="Light">Its light.</param>
/// <param name="AcceptedAt">From when it counts as accepted.</param>
/// <param name="CompletedAt">When it was decided or ended.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="Cards">Cards issued by this change.</param>
[GenerateSerializer, Immutable]
public sealed record CaseContribution(
    string Application,
    long Seq,
    string Department,
    LocalizedText Item,
    bool Open,
    Light Light,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? DueAt,
    ImmutableArray<BoardCard> Cards);

/// <summary>Open cases by light.</summary>
[GenerateSerializer, Immutable]
public sealed record Lights(int Green, int Warning, int Yellow, int Red)
{
    /// <summary>None.</summary>
    public static Lights None { get; } = new(0, 0, 0, 0);

    /// <summary>One more, or with -1 one fewer, of a light.</summary>
    public Lights Add(Light light, int count) => light switch
    {
        Light.Green => this with { Green = Green + count },
        Light.Warning => this with { Warning = Warning + count },
        Light.Yellow => this with { Yellow = Yellow + count },
        _ => this with { Red = Red + count },
    };

    /// <summary>Both together.</summary>
    public Lights Plus(Lights other) =>
        new(Green + other.Green, Warning + other.Warning, Yellow + other.Yellow, Red + other.Red);
}

/// <summary>A department on the wallboard. A later <paramref name="Epoch"/>, or a larger <paramref name="Version"/> of the same, replaces.</summary>
[GenerateSerializer, Immutable]
public sealed record DepartmentContribution(
    string Code,
    long Epoch,
    long Version,
    int Open,
    Lights Lights,
    int AcceptedToday,
    int CompletedToday,
    ImmutableArray<BoardCase> Oldest,
    ImmutableArray<BoardCard> Cards);

/// <summary>A case on the wallboard.</summary>
[GenerateSerializer, Immutable]
public sealed record BoardCase(string AcceptanceNumber, LocalizedText Item, string Department, Light Light, DateTimeOffset? DueAt);

/// <summary>A card on the wallboard.</summary>
[GenerateSerializer, Immutable]
public sealed record BoardCard(string Application, CardLevel Level, DateTimeOffset IssuedAt, string Department);

/// <summary>A department's line on the wallboard.</summary>
[GenerateSerializer, Immutable]
public sealed record BoardDepartment(string Code, int Open, Lights Lights, int AcceptedToday, int CompletedToday);

/// <summary>A supervision wallboard (监察大屏); no personal data.</summary>
[GenerateSerializer, Immutable]
public sealed record SupervisionBoard(
    string Region,
    int Open,
    Lights Lights,
    int AcceptedToday,
    int CompletedToday,
    ImmutableArray<BoardDepartment> Departments,
    ImmutableArray<HallContribution> Halls,
    ImmutableArray<BoardCase> Oldest,
    ImmutableArray<BoardCard> Cards);
