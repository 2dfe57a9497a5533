using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using OneStop.Domain.Accounts;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Applications;

/// <summary>What staff do to a case. Who may do what is for the rules to say.</summary>
internal static class CaseActions
{
    public static void Map(RouteGroupBuilder applications)
    {
        Action<EmptyRequest>(applications, "accept", _ => new AcceptApplication());
        Action<CorrectRequest>(applications, "correct", body => new RequestCorrection(body.Missing));
        Action<SupplementRequest>(applications, "supplement", body => new SupplementApplication(body.Materials ?? []));
        Action<RefuseRequest>(applications, "refuse", body => new RefuseApplication(body.Basis, body.Reason), c => ((RefuseApplication)c).ReasonReference, (c, r) => (RefuseApplication)c with { ReasonReference = r });
        Action<SuspendRequest>(applications, "suspend", body => new SuspendApplication(body.Procedure, body.Days, body.From));
        Action<EmptyRequest>(applications, "resume", _ => new ResumeApplication());
        Action<ReasonRequest>(applications, "extend", body => new ExtendApplication(body.Reason), c => ((ExtendApplication)c).ReasonReference, (c, r) => (ExtendApplication)c with { ReasonReference = r });
        Action<EmptyRequest>(applications, "withdraw", _ => new WithdrawApplication());
        Action<DecideRequest>(applications, "decide", body => new DecideApplication(body.Outcome, body.Reason), c => ((DecideApplication)c).ReasonReference, (c, r) => (DecideApplication)c with { ReasonReference = r });
        Action<EmptyRequest>(applications, "deliver", _ => new DeliverApplication());
        applications.MapPost("/{number}/convert", ConvertAsync).TakesJson<ConvertRequest>().Produces<ApplicationView>()
            .Refuses(StatusCodes.Status409Conflict);
        applications.MapPost("/{number}/migrate", MigrateAsync).TakesJson<MigrateRequest>().Produces<MigrationReport>()
            .Refuses(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ConvertAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var account = Staff.Of(context);
        var (body, bytes) = await Body.ReadAsync<ConvertRequest>(context.Request);
        var view = await ApplicationEndpoints.GrainOf(grains, number).Convert(
            Commands.InfoOf(context, bytes, staff: true), ApplicationEndpoints.ActorOf(account), body.Item, new CaseText(Commands.Secret(), body.Reason));
        return Results.Json(view, ApiJson.Options);
    }

    private static async Task<IResult> MigrateAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var account = Staff.Of(context, Roles.Admin);
        var (body, bytes) = await Body.ReadAsync<MigrateRequest>(context.Request);
        var report = await ApplicationEndpoints.GrainOf(grains, number).Migrate(
            Commands.InfoOf(context, bytes, staff: true), ApplicationEndpoints.ActorOf(account), body.DryRun);
        return Results.Json(report, ApiJson.Options);
    }

    /// <summary>Carries a command out, with a text of its own kept apart from the record.</summary>
    internal static Task<IResult> ExecuteAsync(
        HttpContext context,
        IGrainFactory grains,
        string number,
        byte[] body,
        ApplicationCommand command,
        string? text = null,
        Func<string, ApplicationCommand>? referring = null) =>
        ExecuteAsync(
            context, body, command, text, referring,
            (info, actor, wanted, texts) => ApplicationEndpoints.GrainOf(grains, number).Execute(info, actor, wanted, texts));

    /// <summary>The same with another answer; the grain gives it, so that a repetition gets the first one again.</summary>
    internal static async Task<IResult> ExecuteAsync<TAnswer>(
        HttpContext context,
        byte[] body,
        ApplicationCommand command,
        string? text,
        Func<string, ApplicationCommand>? referring,
        Func<CommandInfo, Actor, ApplicationCommand, ImmutableArray<CaseText>, Task<TAnswer>> execute)
    {
        var account = Staff.Of(context);
        ImmutableArray<CaseText> texts = [];
        if (!string.IsNullOrWhiteSpace(text) && referring is not null)
        {
            var reference = Commands.Secret();
            texts = [new CaseText(reference, text)];
            command = referring(reference);
        }

        var answer = await execute(Commands.InfoOf(context, body, staff: true), ApplicationEndpoints.ActorOf(account), command, texts);
        return Results.Json(answer, ApiJson.Options);
    }

    private static void Action<TRequest>(
        RouteGroupBuilder applications,
        string name,
        Func<TRequest, ApplicationCommand> command,
        Func<ApplicationCommand, string?>? text = null,
        Func<ApplicationCommand, string, ApplicationCommand>? referring = null)
        where TRequest : class =>
        applications.MapPost("/{number}/" + name, async (string number, HttpContext context, IGrainFactory grains) =>
        {
            Staff.Of(context);
            var (body, bytes) = await Body.ReadAsync<TRequest>(context.Request);
            var wanted = command(body);
            return await ExecuteAsync(
                context, grains, number, bytes, wanted, text?.Invoke(wanted), referring is null ? null : reference => referring(wanted, reference));
        }).TakesJson<TRequest>().Produces<ApplicationView>()
            .Refuses(StatusCodes.Status409Conflict);

    /// <summary>A call without a body of its own.</summary>
    public sealed record EmptyRequest;

    /// <summary>Says all that is missing.</summary>
    public sealed record CorrectRequest([property: MaxLength(100)] ImmutableArray<string> Missing);

    /// <summary>Hands in what was missing.</summary>
    public sealed record SupplementRequest([property: MaxLength(100)] ImmutableArray<string>? Materials = null);

    /// <summary>Refuses to accept.</summary>
    public sealed record RefuseRequest([property: MaxLength(500)] string Basis, [property: MaxLength(5_000)] string Reason);

    /// <summary>Begins a special procedure.</summary>
    public sealed record SuspendRequest(SpecialProcedure Procedure, [property: Range(1, 1_000)] int Days, DateTimeOffset? From = null);

    /// <summary>Extends.</summary>
    public sealed record ReasonRequest([property: MaxLength(5_000)] string Reason);

    /// <summary>Makes the case one of another item.</summary>
    public sealed record ConvertRequest([property: MaxLength(100)] string Item, [property: MaxLength(5_000)] string Reason);

    /// <summary>Goes on under the version in force.</summary>
    public sealed record MigrateRequest(bool DryRun = false);

    /// <summary>Decides.</summary>
    public sealed record DecideRequest(ApplicationOutcome Outcome, [property: MaxLength(5_000)] string? Reason = null);
}
