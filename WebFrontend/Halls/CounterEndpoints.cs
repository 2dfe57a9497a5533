using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OneStop.Domain;
using OneStop.Domain.Accounts;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Halls;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Halls;

/// <summary>What a clerk does at a counter.</summary>
internal static class CounterEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var counter = routes.MapGroup("/api/halls/{hall}/counters/{counter}").WithTags("counter");
        counter.MapGet("", (string hall, string counter, HttpContext context, IGrainFactory grains, TownDirectory town) =>
        {
            Staff.Of(context);
            return AnswerAsync(Grain(hall, counter, grains, town).View(), view => CounterResponse.Of(view, context));
        }).Produces<CounterResponse>();

        Action<OpenRequest, CounterResponse>(counter, "open", (grain, info, body, context) =>
            AnswerAsync(grain.Open(info, body.Services ?? []), view => CounterResponse.Of(view, context)));
        Action<PauseRequest, CounterResponse>(counter, "pause", (grain, info, body, context) =>
            AnswerAsync(grain.Pause(info, body.Reason), view => CounterResponse.Of(view, context)));
        Action<EmptyRequest, CounterResponse>(counter, "close", (grain, info, _, context) =>
            AnswerAsync(grain.Close(info), view => CounterResponse.Of(view, context)));
        Action<EmptyRequest, CallResponse>(counter, "call-next", async (grain, info, _, context) =>
            CallResponse.Result(await grain.CallNext(info), context));
        Action<CallRequest, CallResponse>(counter, "call", async (grain, info, body, context) =>
            CallResponse.Result(await grain.CallNamed(info, TicketEndpoints.Checked(body.Ticket)), context));
        Action<EmptyRequest, TicketView>(counter, "recall", (grain, info, _, _) => AnswerAsync(grain.Recall(info)));
        Action<EmptyRequest, TicketView>(counter, "start", (grain, info, _, _) => AnswerAsync(grain.Start(info)));
        Action<FinishRequest, TicketView>(counter, "finish", (grain, info, body, _) => AnswerAsync(grain.Finish(info, body.Outcome)));
        Action<EmptyRequest, TicketView>(counter, "no-show", (grain, info, _, _) => AnswerAsync(grain.NoShow(info)));
        Action<EmptyRequest, TicketView>(counter, "hold", (grain, info, _, _) => AnswerAsync(grain.Hold(info)));
        Action<CallRequest, TicketView>(counter, "resume", (grain, info, body, _) => AnswerAsync(grain.Resume(info, body.Ticket)));
        Action<TransferRequest, TicketView>(counter, "transfer", (grain, info, body, _) => body is { Service: null, Counter: null, Pool: null }
            ? throw Refusals.Validation("", "required", "Name a service, a counter or a pool.")
            : AnswerAsync(grain.Transfer(info, body.Service, body.Counter, body.Pool)));
        Action<RedirectRequest, TicketView>(counter, "redirect", (grain, info, body, _) =>
            AnswerAsync(grain.Redirect(info, body.Service, body.Counter, body.Pool, Commands.Secret())));
    }

    private static void Action<TRequest, TResponse>(
        RouteGroupBuilder counters, string name, Func<ICounterGrain, CommandInfo, TRequest, HttpContext, Task<IResult>> act)
        where TRequest : class
        where TResponse : class =>
        counters.MapPost(name, async (string hall, string counter, HttpContext context, IGrainFactory grains, TownDirectory town) =>
        {
            Staff.Of(context, Roles.Clerk);
            var grain = Grain(hall, counter, grains, town);
            var (body, bytes) = await Body.ReadAsync<TRequest>(context.Request);
            return await act(grain, Commands.InfoOf(context, bytes, staff: true), body, context);
        }).TakesJson<TRequest>().Produces<TResponse>().Refuses(StatusCodes.Status409Conflict);

    private static ICounterGrain Grain(string hall, string counter, IGrainFactory grains, TownDirectory town) =>
        grains.GetGrain<ICounterGrain>($"{hall}/{town.Hall(hall).Counter(counter).Id}");

    private static Task<IResult> AnswerAsync<T>(Task<T> answer) => AnswerAsync(answer, value => value);

    private static async Task<IResult> AnswerAsync<T, TResponse>(Task<T> answer, Func<T, TResponse> respond) =>
        Results.Json(respond(await answer), ApiJson.Options);

    /// <summary>A call without a body of its own.</summary>
    public sealed record EmptyRequest;

    /// <summary>Opens the counter.</summary>
    public sealed record OpenRequest([property: MaxLength(100)] ImmutableArray<string>? Services = null);

    /// <summary>Pauses the counter.</summary>
    public sealed record PauseRequest([property: MaxLength(200)] string Reason);

    /// <summary>Names a ticket.</summary>
    public sealed record CallRequest([property: MaxLength(50)] string Ticket);

    /// <summary>Ends service.</summary>
    public sealed record FinishRequest([property: MaxLength(200)] string Outcome);

    /// <summary>Hands the ticket over.</summary>
    public sealed record TransferRequest(
        [property: MaxLength(50)] string? Service = null, [property: MaxLength(50)] string? Counter = null, [property: MaxLength(50)] string? Pool = null);

    /// <summary>Continues with another service.</summary>
    public sealed record RedirectRequest(
        [property: MaxLength(50)] string Service, [property: MaxLength(50)] string? Counter = null, [property: MaxLength(50)] string? Pool = null);
}

/// <summary>Why a ticket was called, in the caller's language.</summary>
/// <param name="Rule">The rule's code.</param>
/// <param name="WaitedSeconds">How long the ticket had waited.</param>
/// <param name="Text">In words.</param>
public sealed record WhyResponse(string Rule, long WaitedSeconds, string Text)
{
    internal static WhyResponse? Of(CallReason? why, HttpContext context) =>
        why is null ? null : new WhyResponse(why.Rule, why.WaitedSeconds, Language.IsChinese(context) ? why.Text.Zh : why.Text.En);
}

/// <summary>A called ticket.</summary>
public sealed record CallResponse(TicketView Ticket, WhyResponse Why)
{
    internal static IResult Result(CallAnswer answer, HttpContext context) => answer.Ticket is null
        ? Results.NoContent()
        : Results.Json(new CallResponse(answer.Ticket, WhyResponse.Of(answer.Why, context)!), ApiJson.Options);
}

/// <summary>A counter for its clerk.</summary>
public sealed record CounterResponse(
    string Id,
    CounterStatus State,
    string? Clerk,
    ImmutableArray<string> Services,
    TicketView? Active,
    ImmutableArray<TicketView> Held,
    WhyResponse? Why,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PauseReason)
{
    internal static CounterResponse Of(CounterView view, HttpContext context) => new(
        view.Id, view.State, view.Clerk, view.Services, view.Active, view.Held, WhyResponse.Of(view.Why, context), view.PauseReason);
}
