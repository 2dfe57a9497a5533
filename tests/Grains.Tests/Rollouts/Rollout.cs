using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Rollouts;
using OneStop.Grains.Tests.Applications;
using Orleans;

namespace OneStop.Grains.Tests.Rollouts;

/// <summary>What tests do with calendars and rollouts.</summary>
internal static class Rollout
{
    public static ICatalogueGrain Catalogue(this IGrainFactory grains) => grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);

    public static CalendarChange Off(params DateOnly[] days) => Declared(true, days);

    public static CalendarChange Worked(params DateOnly[] days) => Declared(false, days);

    /// <summary>The nth working day from now on, by what was published.</summary>
    public static DateOnly Workday(int after, DateTimeOffset now)
    {
        var calendar = PublishedCalendars.China();
        return calendar.AddWorkdays(calendar.DateOf(now), after);
    }

    /// <summary>Waits until every case was gone through once.</summary>
    public static async Task<RolloutView> GoneThroughAsync(this IGrainFactory grains, string rollout)
    {
        await Eventually.HoldsAsync(
            async () => (await grains.GetGrain<IRolloutGrain>(rollout).View()).State != RolloutStanding.Running,
            $"rollout {rollout} has gone through all cases");
        return await grains.GetGrain<IRolloutGrain>(rollout).View();
    }

    /// <summary>How often a case was planned again.</summary>
    public static async Task<int> ReplannedAsync(this IApplicationGrain application) =>
        (await application.Timeline(CaseTown.Clerk)).Count(entry => entry.Type == "application.deadlines-replanned.v1");

    /// <summary>Accepts several cases of the shop licence.</summary>
    public static async Task<string[]> AcceptedAsync(this TestTown town, int count)
    {
        var numbers = Enumerable.Range(1, count).Select(i => $"N{i:D4}").ToArray();
        await Task.WhenAll(numbers.Select(number => town.AcceptedAsync(number, TownDefinitions.ShopLicence)));
        return numbers;
    }

    private static CalendarChange Declared(bool off, DateOnly[] days) => new("cn", null, [.. days.Select(day => new DeclaredDay("cn", day, "汛情", off))]);
}
