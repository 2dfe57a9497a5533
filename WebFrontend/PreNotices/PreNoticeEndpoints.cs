using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.PreNotices;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;

namespace OneStop.WebFrontend.PreNotices;

/// <summary>What a plan will need (许可预告), before anybody applies. Anybody may ask; nothing is recorded.</summary>
internal static class PreNoticeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/pre-notices", async (HttpContext context, TownDirectory town, TimeProvider time) =>
    {
        var (body, _) = await Body.ReadAsync<PreNoticeRequest>(context.Request);
        if (body.Items.IsEmpty) throw Refusals.Validation("/items", "required", "Name at least one item.");
        var plan = ImmutableDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        for (var i = 0; i < body.Items.Length; i++)
            if (!plan.TryAdd(body.Items[i].Item, body.Items[i].Form ?? default))
                throw Refusals.Validation($"/items/{i}/item", "repeated", $"Item '{body.Items[i].Item}' stands here twice.");
        var notice = PreNoticeRules.Of(plan.ToImmutable(), town.Item, town.Calendar, time.GetUtcNow());
        return Results.Json(notice, ApiJson.Options);
    }).WithTags("directory").TakesJson<PreNoticeRequest>().Produces<PreNotice>()
        .Refuses(StatusCodes.Status404NotFound);

    /// <summary>A plan.</summary>
    public sealed record PreNoticeRequest([property: MaxLength(20)] ImmutableArray<PlannedItemRequest> Items);

    /// <summary>An item of it, with the answers of its form as far as they are known.</summary>
    public sealed record PlannedItemRequest([property: MaxLength(100)] string Item, JsonElement? Form = null);
}
