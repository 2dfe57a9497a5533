using System.ComponentModel.DataAnnotations;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Accounts;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Applications;

/// <summary>The inbox of those who work on steps.</summary>
internal static class TaskEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var tasks = routes.MapGroup("/api/tasks").WithTags("tasks");
        tasks.MapGet("", ListAsync).Produces<ListResponse<TaskResponse>>();
        tasks.MapPost("/{id}/claim", (string id, HttpContext context, IGrainFactory grains) =>
            ActAsync<CaseActions.EmptyRequest>(id, context, grains, (step, _) => new ClaimStep(step))).Produces<ApplicationView>();
        tasks.MapPost("/{id}/release", (string id, HttpContext context, IGrainFactory grains) =>
            ActAsync<CaseActions.EmptyRequest>(id, context, grains, (step, _) => new ReleaseStep(step))).Produces<ApplicationView>();
        tasks.MapPost("/{id}/complete", CompleteAsync).TakesJson<CompleteRequest>().Produces<ApplicationView>();
        tasks.MapPost("/{id}/return", ReturnAsync).TakesJson<CaseActions.ReasonRequest>().Produces<ApplicationView>();
        tasks.MapPost("/{id}/delegate", DelegateAsync).TakesJson<DelegateRequest>().Produces<ApplicationView>();
    }

    private static async Task<IResult> ReturnAsync(string id, HttpContext context, IGrainFactory grains)
    {
        Staff.Of(context);
        var (application, step) = TaskId.Parse(id);
        var (body, bytes) = await Body.ReadAsync<CaseActions.ReasonRequest>(context.Request);
        return await CaseActions.ExecuteAsync(
            context, grains, application, bytes, new ReturnStep(step, null), body.Reason, reference => new ReturnStep(step, reference));
    }

    private static async Task<IResult> DelegateAsync(string id, HttpContext context, IGrainFactory grains)
    {
        Staff.Of(context);
        var (application, step) = TaskId.Parse(id);
        var (body, bytes) = await Body.ReadAsync<DelegateRequest>(context.Request);
        var to = await grains.GetGrain<IAccountGrain>("user-" + body.To).Find()
            ?? throw Refusals.Validation("/to", "unknown-account", $"There is no account '{body.To}'.");
        return await CaseActions.ExecuteAsync(context, grains, application, bytes, new DelegateStep(step, ApplicationEndpoints.ActorOf(to)));
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, IGrainFactory grains, string? department, string? mine, string? state, string? limit, string? after)
    {
        var account = Staff.Of(context);
        var most = Query.Limit(limit);
        var found = await grains.GetGrain<IRecordsGrain>(IRecordsGrain.Key).Tasks(new TaskQuestion(
            department, Query.Flag("mine", mine) ? account.User : null, Query.Word<StepStatus>("state", state), after, most));
        return Results.Json(
            new ListResponse<TaskResponse>(
                [.. found.Select(t => new TaskResponse(
                    t.Id, t.Application, TaskId.Parse(t.Id).Step, t.Step, t.Department, t.State, t.DueAt, t.Light, t.ClaimedBy))],
                found.Length == most ? found[^1].Id : null),
            ApiJson.Options);
    }

    private static async Task<IResult> ActAsync<TRequest>(
        string id, HttpContext context, IGrainFactory grains, Func<string, TRequest, ApplicationCommand> command)
        where TRequest : class
    {
        Staff.Of(context);
        var (application, step) = TaskId.Parse(id);
        var (body, bytes) = await Body.ReadAsync<TRequest>(context.Request);
        return await CaseActions.ExecuteAsync(context, grains, application, bytes, command(step, body));
    }

    private static async Task<IResult> CompleteAsync(string id, HttpContext context, IGrainFactory grains)
    {
        Staff.Of(context);
        var (application, step) = TaskId.Parse(id);
        var (body, bytes) = await Body.ReadAsync<CompleteRequest>(context.Request);
        return await CaseActions.ExecuteAsync(
            context,
            grains,
            application,
            bytes,
            new CompleteStep(step, body.Outcome, null),
            body.Opinion,
            reference => new CompleteStep(step, body.Outcome, reference));
    }

    /// <summary>Completes a step.</summary>
    public sealed record CompleteRequest(StepOutcome Outcome, [property: MaxLength(5_000)] string? Opinion = null);

    /// <summary>Hands a step to a colleague.</summary>
    public sealed record DelegateRequest([property: MaxLength(100)] string To);

    /// <summary>A task.</summary>
    public sealed record TaskResponse(
        string Id, string Application, string Step, LocalizedText Name, string Department, StepStatus State, DateTimeOffset? DueAt, Light Light, string? ClaimedBy);
}
