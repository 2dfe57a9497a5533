using OneStop.Domain;
using OneStop.Grains.Interfaces.Notices;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using Orleans;

namespace OneStop.WebFrontend.Notices;

/// <summary>The publicity list (公示), for everybody.</summary>
internal static class PublicityEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/publicity", ListAsync).WithTags("portal")
        .Produces<ListResponse<PublicityRecord>>().Refuses(StatusCodes.Status400BadRequest);

    private static async Task<IResult> ListAsync(IGrainFactory grains, string? kind, string? department, string? limit, string? after)
    {
        if (kind is not (null or "decision" or "card")) throw Refusals.Validation("kind", "not-one-of", "One of: decision, card.");
        var most = Query.Limit(limit);
        var found = await grains.GetGrain<INoticeBoardGrain>(INoticeBoardGrain.Key).Publicity(new PublicityQuestion(kind, department, after, most));
        return Results.Json(new ListResponse<PublicityRecord>(found, found.Length == most ? found[^1].Id : null), ApiJson.Options);
    }
}
