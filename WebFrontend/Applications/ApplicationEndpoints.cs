using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Applications;

/// <summary>Handing applications in, and asking for them.</summary>
internal static class ApplicationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var applications = routes.MapGroup("/api/applications").WithTags("applications");
        applications.MapPost("", ReceiveAsync).TakesJson<ApplyRequest>()
            .Produces<ApplicationReceipt>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status400BadRequest);
        applications.MapGet("/{number}", ViewAsync).Produces<ApplicationView>().TakesQueryCode();
        applications.MapGet("/{number}/timeline", TimelineAsync).Produces<ListResponse<TimelineResponse>>();
        applications.MapGet("/{number}/deadlines", DeadlinesAsync).Produces<ListResponse<ClockExplanation>>();
        CaseActions.Map(applications);
    }

    internal static Actor ActorOf(Domain.Accounts.Account account) => new(
        account.User,
        account.Department,
        [.. account.Roles.Select(role => Enum.Parse<Role>(role, ignoreCase: true))]);

    /// <summary>Who asks for a case: staff who are signed in, or its applicant, who shows the query code.</summary>
    internal static Actor ActorOf(HttpContext context) => context.User.Account() is { } account ? ActorOf(account) : Actor.Public;

    internal static IApplicationGrain GrainOf(IGrainFactory grains, string number) => number.Length is > 0 and <= 100
        ? grains.GetGrain<IApplicationGrain>(number)
        : throw Refusals.Unknown("application", number);

    private static async Task<IResult> ReceiveAsync(HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        var (request, bytes) = await Body.ReadAsync<ApplyRequest>(context.Request);
        town.Item(request.Item);
        var number = AcceptanceNumber.New();
        var intake = new Intake(
            request.Item,
            request.Applicant.Name,
            request.Applicant.IdNumber,
            request.Applicant.Phone,
            request.Form?.GetRawText() ?? "{}",
            request.Materials ?? [],
            request.Channel,
            RandomNumberGenerator.GetString("0123456789", 8));
        var receipt = await grains.GetGrain<IApplicationGrain>(number).Receive(
            Commands.InfoOf(context, bytes, staff: false), Actor.Public, intake);
        return Results.Json(receipt, ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ViewAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var grain = GrainOf(grains, number);
        var view = await QueryCode.AskAsync(context, number, code => code is null ? grain.View() : grain.ViewByCode(code));
        return Results.Json(view, ApiJson.Options);
    }

    private static async Task<IResult> TimelineAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var account = Staff.Of(context);
        var entries = await GrainOf(grains, number).Timeline(ActorOf(account));
        return Results.Json(
            new ListResponse<TimelineResponse>(
                [.. entries.Select(e => new TimelineResponse(e.Seq, e.At, e.Actor, e.Type, JsonSerializer.Deserialize<JsonElement>(e.Data)))],
                null),
            ApiJson.Options);
    }

    private static async Task<IResult> DeadlinesAsync(string number, HttpContext context, IGrainFactory grains)
    {
        Staff.Of(context);
        return Results.Json(new ListResponse<ClockExplanation>(await GrainOf(grains, number).Deadlines(), null), ApiJson.Options);
    }

    /// <summary>An application.</summary>
    public sealed record ApplyRequest(
        [property: MaxLength(100)] string Item,
        ApplicantRequest Applicant,
        JsonElement? Form = null,
        [property: MaxLength(100)] ImmutableArray<string>? Materials = null,
        Channel Channel = Channel.Portal);

    /// <summary>Who applies.</summary>
    public sealed record ApplicantRequest(
        [property: MaxLength(100)] string Name,
        [property: RegularExpression("[0-9A-Za-z-]{4,40}", ErrorMessage = "An identity number: 4 to 40 letters and digits.")] string IdNumber,
        [property: RegularExpression(@"\+?[0-9 -]{5,20}", ErrorMessage = "A telephone number: 5 to 20 digits.")] string? Phone = null);

    /// <summary>An event of a case.</summary>
    public sealed record TimelineResponse(long Seq, DateTimeOffset At, string Actor, string Type, JsonElement Data);
}
