using System.ComponentModel.DataAnnotations;
using OneStop.Grains.Interfaces.Applications;
using OneStop.WebFrontend.Applications;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Archive;

/// <summary>The personal data of a case: seen and corrected by those it concerns, erased when its time is over (A17).</summary>
internal static class PersonalDataEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var data = routes.MapGroup("/api/applications/{number}/personal-data").WithTags("personal data");
        data.MapGet("", SeenAsync).Produces<PersonalDataView>().TakesQueryCode()
            .Refuses(StatusCodes.Status403Forbidden);
        data.MapPost("/correct", CorrectAsync).TakesJson<CorrectionRequest>().Produces<PersonalDataReceipt>().TakesQueryCode()
            .Refuses(StatusCodes.Status409Conflict);
        data.MapPost("/erase", EraseAsync).TakesJson<CaseActions.ReasonRequest>().Produces<PersonalDataReceipt>()
            .Refuses(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> SeenAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var grain = ApplicationEndpoints.GrainOf(grains, number);
        var seen = await QueryCode.AskAsync(context, number, code => grain.PersonalData(ApplicationEndpoints.ActorOf(context), code));
        return Results.Json(seen, ApiJson.Options);
    }

    private static async Task<IResult> CorrectAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var isStaff = context.User.Account() is not null;
        if (isStaff) Staff.Of(context);
        var (body, bytes) = await Body.ReadAsync<CorrectionRequest>(context.Request);
        var (grain, info) = (ApplicationEndpoints.GrainOf(grains, number), Commands.InfoOf(context, bytes, isStaff));
        var correction = new PersonalDataCorrection(body.Name, body.IdNumber, body.Phone);
        var receipt = await QueryCode.AskAsync(
            context, number, code => grain.CorrectPersonalData(info, ApplicationEndpoints.ActorOf(context), code, correction));
        return Results.Json(receipt, ApiJson.Options);
    }

    private static async Task<IResult> EraseAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var account = Staff.Of(context);
        var (body, bytes) = await Body.ReadAsync<CaseActions.ReasonRequest>(context.Request);
        var receipt = await ApplicationEndpoints.GrainOf(grains, number).ErasePersonalData(
            Commands.InfoOf(context, bytes, staff: true), ApplicationEndpoints.ActorOf(account), new CaseText(Commands.Secret(), body.Reason));
        return Results.Json(receipt, ApiJson.Options);
    }

    /// <summary>The right values; what is left out stays.</summary>
    public sealed record CorrectionRequest(
        [property: RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name."), MaxLength(100)] string? Name = null,
        [property: RegularExpression("[0-9A-Za-z-]{4,40}", ErrorMessage = "An identity number: 4 to 40 letters and digits.")] string? IdNumber = null,
        [property: RegularExpression(@"\+?[0-9 -]{5,20}", ErrorMessage = "A telephone number: 5 to 20 digits.")] string? Phone = null);
}
