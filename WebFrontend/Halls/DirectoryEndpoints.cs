using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.WebFrontend.Input;

namespace OneStop.WebFrontend.Halls;

/// <summary>What there is: the region, its halls and items. Public.</summary>
internal static class DirectoryEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/halls", (TownDirectory town) => Json(new ListResponse<HallSummary>(
            [.. (town.Town?.Halls ?? []).Select(hall => new HallSummary(
                hall.Id,
                hall.Name,
                [.. hall.Services.Select(service => new Named(service.Id, service.Name))],
                [.. hall.Counters.Select(counter => new CounterSummary(counter.Id, counter.Name, counter.Services))],
                [.. hall.Pools.Select(pool => new Named(pool.Id, pool.Name))]))],
            null))).WithTags("directory").Produces<ListResponse<HallSummary>>();

        routes.MapGet("/api/items", (TownDirectory town) => Json(new ListResponse<ItemSummary>(
            [.. (town.Town?.Items ?? []).Select(item => new ItemSummary(item.Code, item.Name, item.Department, item.Kind))],
            null))).WithTags("directory").Produces<ListResponse<ItemSummary>>();

        routes.MapGet("/api/regions/{code}", (string code, TownDirectory town) => town.Town is { } defined && defined.Region.Code == code
            ? Json(new RegionResponse(
                code,
                defined.Region.Name,
                [.. defined.Departments.Select(department => new DepartmentSummary(department.Code, department.Name))],
                [.. defined.Halls.Select(hall => hall.Id)]))
            : throw Refusals.Unknown("region", code)).WithTags("directory").Produces<RegionResponse>();

        // The browser follows "/" of the wallboard's link; there is one region in an installation of one machine.
        routes.MapGet("/api/regions", (TownDirectory town) => Json(new ListResponse<DepartmentSummary>(
            town.Town is { } defined ? [new DepartmentSummary(defined.Region.Code, defined.Region.Name)] : [],
            null))).WithTags("directory").Produces<ListResponse<DepartmentSummary>>();
    }

    private static IResult Json<T>(T value) => Results.Json(value, ApiJson.Options);

    /// <summary>Something with an id and a name.</summary>
    public sealed record Named(string Id, LocalizedText Name);

    /// <summary>A counter and its profile.</summary>
    public sealed record CounterSummary(string Id, LocalizedText Name, ImmutableArray<string> Services);

    /// <summary>A hall.</summary>
    public sealed record HallSummary(
        string Id, LocalizedText Name, ImmutableArray<Named> Services, ImmutableArray<CounterSummary> Counters, ImmutableArray<Named> Pools);

    /// <summary>An item.</summary>
    public sealed record ItemSummary(string Code, LocalizedText Name, string Department, ItemKind Kind);

    /// <summary>A department or region.</summary>
    public sealed record DepartmentSummary(string Code, LocalizedText Name);

    /// <summary>A region.</summary>
    public sealed record RegionResponse(
        string Code, LocalizedText Name, ImmutableArray<DepartmentSummary> Departments, ImmutableArray<string> Halls);
}
