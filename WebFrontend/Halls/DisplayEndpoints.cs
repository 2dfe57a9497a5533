using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using OneStop.Domain.Accounts;
using OneStop.Domain.Halls.Displays;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Halls;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Halls;

/// <summary>Pairing displays (显示屏配对): anybody may have a display show a code, administrators confirm it.</summary>
internal static class DisplayEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var displays = routes.MapGroup("/api/halls/{hall}/displays").WithTags("hall");
        displays.MapGet("", ListAsync).Produces<ListResponse<DisplayView>>();
        displays.MapPost("/pairings", AskAsync).TakesJson<PairingRequest>().Produces<PairingView>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status429TooManyRequests);
        displays.MapPost("/confirm", ConfirmAsync).TakesJson<ConfirmRequest>().Produces<DisplayView>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        displays.MapPost("/{display}/unpair", UnpairAsync).TakesJson<EmptyRequest>().Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(string hall, HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        Staff.Of(context, Roles.Admin);
        return Results.Json(new ListResponse<DisplayView>(await Grain(hall, grains, town).All(), null), ApiJson.Options);
    }

    private static async Task<IResult> AskAsync(string hall, HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        var grain = Grain(hall, grains, town);
        var (request, bytes) = await Body.ReadAsync<PairingRequest>(context.Request);
        var code = RandomNumberGenerator.GetString(PairingCode.Alphabet, PairingCode.Length);
        var asked = new AskPairing(Commands.Secret(), DisplaySecret.HashOf(request.Secret), code, request.Zone);
        return Results.Json(await grain.Ask(Commands.InfoOf(context, bytes, staff: false), asked), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ConfirmAsync(string hall, HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        Staff.Of(context, Roles.Admin);
        var grain = Grain(hall, grains, town);
        var (request, bytes) = await Body.ReadAsync<ConfirmRequest>(context.Request);
        return Results.Json(await grain.Confirm(Commands.InfoOf(context, bytes, staff: true), request.Code, request.Name), ApiJson.Options);
    }

    private static async Task<IResult> UnpairAsync(string hall, string display, HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        Staff.Of(context, Roles.Admin);
        var grain = Grain(hall, grains, town);
        var (_, bytes) = await Body.ReadAsync<EmptyRequest>(context.Request);
        await grain.Unpair(Commands.InfoOf(context, bytes, staff: true), display);
        return Results.NoContent();
    }

    private static IDisplaysGrain Grain(string hall, IGrainFactory grains, TownDirectory town) => grains.GetGrain<IDisplaysGrain>(town.Hall(hall).Id);

    /// <summary>A display asks to be paired. It draws its secret itself, so that no answer and no record of one holds it.</summary>
    public sealed record PairingRequest(
        [property: RegularExpression(DisplaySecret.Form, ErrorMessage = "A secret of 43 to 86 letters, digits, - or _, drawn at random.")] string Secret,
        [property: MaxLength(50)] string? Zone = null);

    /// <summary>An administrator confirms the code that a display shows.</summary>
    public sealed record ConfirmRequest([property: MaxLength(20)] string Code, [property: MaxLength(DisplayRules.LongestName)] string Name);

    /// <summary>A call without a body of its own.</summary>
    public sealed record EmptyRequest;
}
