using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using OneStop.Domain.Accounts;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Applications;

/// <summary>
/// Facts from outside systems (S5): cases that they run, and what happened to them, each with its own instant, in any order. A fact that
/// was told before changes nothing.
/// </summary>
internal static class ReportEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/api/reports").WithTags("reports");
        reports.MapPost("", StartAsync).TakesJson<StartRequest>().Produces<ApplicationView>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict);
        Fact<ActivityRequest>(reports, "activities", body => new ReportActivity(
            new ReportedActivity(body.Time, body.Activity, body.Resource, body.Group, body.Milestone, body.GivesReason)
            {
                Step = body.Step, Role = body.Role, Materials = body.Materials, FeeInFen = body.FeeInFen, GivesBasis = body.GivesBasis,
            }));
        Fact<SuspensionRequest>(reports, "suspensions", body => new RecordSuspension(body.Procedure, body.Days, body.From, body.To));
        Fact<EndRequest>(reports, "end", body => new ReportEnd(body.End));
    }

    private static async Task<IResult> StartAsync(HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        var account = Staff.Of(context, Roles.Admin, Roles.Officer);
        var (body, bytes) = await Body.ReadAsync<StartRequest>(context.Request);
        town.Item(body.Item);
        var view = await ApplicationEndpoints.GrainOf(grains, body.Number).ReportStart(
            Commands.InfoOf(context, bytes, staff: true), ApplicationEndpoints.ActorOf(account), body.Item, body.Start, body.Deadline);
        return Results.Json(view, ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static void Fact<TRequest>(RouteGroupBuilder reports, string name, Func<TRequest, ApplicationCommand> command)
        where TRequest : class =>
        reports.MapPost("/{number}/" + name, async (string number, HttpContext context, IGrainFactory grains) =>
        {
            Staff.Of(context);
            var (body, bytes) = await Body.ReadAsync<TRequest>(context.Request);
            return await CaseActions.ExecuteAsync(context, grains, number, bytes, command(body));
        }).TakesJson<TRequest>().Produces<ApplicationView>()
            .Refuses(StatusCodes.Status409Conflict);

    /// <summary>A case of an outside system that started.</summary>
    public sealed record StartRequest(
        [property: RegularExpression("[A-Za-z][0-9A-Za-z_-]{0,79}", ErrorMessage = "A number: a letter and up to 79 letters, digits, - and _.")] string Number,
        [property: MaxLength(100)] string Item,
        DateTimeOffset Start,
        DateTimeOffset? Deadline = null);

    /// <summary>Something that was done there.</summary>
    public sealed record ActivityRequest(
        DateTimeOffset Time,
        [property: MaxLength(200)] string Activity,
        [property: MaxLength(100)] string? Resource = null,
        [property: MaxLength(100)] string? Group = null,
        Milestone Milestone = Milestone.None,
        bool GivesReason = false,
        [property: MaxLength(100)] string? Step = null,
        StepRole? Role = null,
        [property: MaxLength(100)] ImmutableArray<string>? Materials = null,
        long? FeeInFen = null,
        bool? GivesBasis = null);

    /// <summary>A special procedure that began and ended, also one of a case that is run here.</summary>
    public sealed record SuspensionRequest(SpecialProcedure Procedure, [property: Range(1, 1_000)] int Days, DateTimeOffset From, DateTimeOffset To);

    /// <summary>The end of a case there.</summary>
    public sealed record EndRequest(DateTimeOffset End);
}
