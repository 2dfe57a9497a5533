using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.WebFrontend.Applications;
using OneStop.WebFrontend.Input;
using Orleans;

namespace OneStop.WebFrontend.Receipts;

/// <summary>The receipts of a case to print, for staff and for whoever has its query code; that stands in a header, never in an address.</summary>
internal static class CaseReceiptEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var receipts = routes.MapGroup("/api/applications/{number}/receipts").WithTags("applications");
        receipts.MapGet("", async (string number, HttpContext context, IGrainFactory grains) => Results.Json(
                new ListResponse<ReceiptSummary>(
                    [.. (await GivenAsync(number, context, grains)).Select(r => new ReceiptSummary(r.Kind, r.At))], null),
                ApiJson.Options))
            .Produces<ListResponse<ReceiptSummary>>().TakesQueryCode();
        receipts.MapGet("/{kind}.pdf", async (string number, string kind, HttpContext context, IGrainFactory grains, TownDirectory town) =>
                Results.Bytes(ReceiptPdf.Write(await ReceiptAsync(number, kind, context, grains, town)), "application/pdf"))
            .Produces<byte[]>(StatusCodes.Status200OK, "application/pdf").TakesQueryCode();
        receipts.MapGet("/{kind}", async (string number, string kind, HttpContext context, IGrainFactory grains, TownDirectory town) =>
                Results.Text(ReceiptHtml.Write(await ReceiptAsync(number, kind, context, grains, town)), "text/html; charset=utf-8"))
            .Produces<string>(StatusCodes.Status200OK, "text/html").TakesQueryCode();
    }

    private static Task<ImmutableArray<CaseReceipt>> GivenAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var grain = ApplicationEndpoints.GrainOf(grains, number);
        return QueryCode.AskAsync(context, number, grain.Receipts);
    }

    private static async Task<Receipt> ReceiptAsync(string number, string kind, HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        var given = await GivenAsync(number, context, grains);
        var receipt = given.FirstOrDefault(r => CamelCase.Of(r.Kind) == kind) ?? throw Refusals.Unknown("receipt", kind);
        context.Response.Headers.CacheControl = "no-store";
        var issuer = town.Town!.Departments.FirstOrDefault(d => d.Code == receipt.Department)?.Name ?? town.Town.Region.Name;
        return CaseReceiptSheet.Of(
            receipt, issuer, town.Calendar(receipt.Calendar), ReceiptEndpoints.Absolute(context.Request, "/track/" + Uri.EscapeDataString(receipt.AcceptanceNumber)));
    }

    /// <summary>A receipt that a case has given.</summary>
    public sealed record ReceiptSummary(CaseReceiptKind Kind, DateTimeOffset At);
}
