using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Payments;
using OneStop.WebFrontend.Applications;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Payments;

/// <summary>Fees (收费): demanded and taken by staff, paid by the applicant through the gateway, which reports it.</summary>
internal static class FeeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var fees = routes.MapGroup("/api/applications/{number}/fee").WithTags("fees");
        fees.MapGet("", async (string number, HttpContext context, IGrainFactory grains) =>
        {
            var grain = ApplicationEndpoints.GrainOf(grains, number);
            return Results.Json(await QueryCode.AskAsync(context, number, grain.Fee), ApiJson.Options);
        }).Produces<FeeView>().TakesQueryCode();
        Action<DemandRequest>(fees, "demand", body => new DemandFee(body.Quantity));
        Action<PayRequest>(fees, "pay", body => new PayFee(body.AmountInFen, body.Means));
        Action<WaiveRequest>(fees, "waive", body => new WaiveFee(body.Basis, null), body => body.Reason, (body, reference) => new WaiveFee(body.Basis, reference));
        fees.MapPost("/payments", async (string number, HttpContext context, IGrainFactory grains) =>
        {
            if (context.User.Account() is not null) Staff.Of(context);
            await Body.ReadAsync<CaseActions.EmptyRequest>(context.Request);
            ApplicationEndpoints.GrainOf(grains, number);
            return Results.Json(await QueryCode.AskAsync(context, number, code => Payments(grains).Open(number, code)), ApiJson.Options);
        }).TakesJson<CaseActions.EmptyRequest>().Produces<PaymentOffer>().TakesQueryCode()
            .Refuses(StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        routes.MapPost("/api/payments/reports", async (HttpContext context, IGrainFactory grains) =>
        {
            var (body, bytes) = await Body.ReadAsync<ReportRequest>(context.Request);
            await Payments(grains).Take(
                context.Request.Headers["X-OneStop-Signature"].ToString(), [.. bytes],
                new PaymentReport(body.Order, body.Payment, body.AmountInFen, body.State == PaymentState.Paid));
            return Results.NoContent();
        }).WithTags("fees").TakesJson<ReportRequest>().Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status401Unauthorized);
    }

    private static void Action<TRequest>(
        RouteGroupBuilder fees,
        string name,
        Func<TRequest, ApplicationCommand> command,
        Func<TRequest, string>? text = null,
        Func<TRequest, string, ApplicationCommand>? referring = null)
        where TRequest : class =>
        fees.MapPost("/" + name, async (string number, HttpContext context, IGrainFactory grains) =>
        {
            Staff.Of(context);
            var (body, bytes) = await Body.ReadAsync<TRequest>(context.Request);
            return await CaseActions.ExecuteAsync(
                context, bytes, command(body), text?.Invoke(body), referring is null ? null : reference => referring(body, reference),
                (info, actor, wanted, texts) => ApplicationEndpoints.GrainOf(grains, number).ExecuteFee(info, actor, wanted, texts));
        }).TakesJson<TRequest>().Produces<FeeView>()
            .Refuses(StatusCodes.Status409Conflict);

    private static IPaymentGrain Payments(IGrainFactory grains) => grains.GetGrain<IPaymentGrain>(IPaymentGrain.Key);

    /// <summary>Demands the fee.</summary>
    public sealed record DemandRequest([property: Range(1, 10_000)] int Quantity = 1);

    /// <summary>Records a payment at the cashier.</summary>
    public sealed record PayRequest(long AmountInFen, PaymentMeans Means);

    /// <summary>Waives the fee.</summary>
    public sealed record WaiveRequest([property: MaxLength(500)] string Basis, [property: MaxLength(5_000)] string Reason);

    /// <summary>What the gateway reports, signed in <c>X-OneStop-Signature</c>.</summary>
    public sealed record ReportRequest(
        [property: MaxLength(110)] string Order,
        [property: MaxLength(100)] string Payment,
        long AmountInFen,
        PaymentState State);
}

/// <summary>What became of a payment at the gateway.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PaymentState>))]
public enum PaymentState
{
    /// <summary>It was paid.</summary>
    Paid,

    /// <summary>It was not.</summary>
    Failed,
}
