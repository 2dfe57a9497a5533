using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Halls;
using OneStop.Silo.Sample;

namespace OneStop.Cluster.Tests;

/// <summary>The sample town with three busy halls, and an item whose limit is over within seconds.</summary>
internal static class ClusterTown
{
    /// <summary>An item without steps, whose statutory limit is over after <see cref="BriefLimit"/>.</summary>
    public const string BriefItem = "brief";

    public const int CountersAHall = 8;

    public static readonly TimeSpan BriefLimit = TimeSpan.FromSeconds(5);

    public static ImmutableArray<string> Halls { get; } = ["shilong", "east", "west"];

    public static ImmutableArray<string> Services { get; } = ["civil", "social", "market", "tax", "permits", "enquiry"];

    /// <summary>Clerk n works at hall (n-1)/8, counter (n-1)%8+1.</summary>
    public static int Clerks => Halls.Length * CountersAHall;

    public static TownDefinition Define()
    {
        var sample = SampleTown.Read();
        var first = sample.Halls[0];
        // Accounts are made for the counters of the first hall: it has one for every clerk of all halls.
        var counters = Enumerable.Range(1, Clerks)
            .Select(number => new CounterDefinition("c" + number, new LocalizedText($"{number}号窗口", $"Counter {number}"), Services));
        var definition = first with { Counters = [.. counters] };
        return sample with
        {
            Halls = [.. Halls.Select(hall => definition with { Id = hall })],
            Items = sample.Items.Add(new ItemDefinition
            {
                Code = BriefItem,
                Name = new LocalizedText("限时数秒的事项", "An item of seconds"),
                Department = "market",
                Kind = ItemKind.Commitment,
                StatutoryLimit = new CalendarTime(BriefLimit),
            }),
        };
    }
}
