using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Halls;
using OneStop.WebFrontend.Halls;
using OneStop.WebFrontend.Problems;
using Orleans;

namespace OneStop.WebFrontend.Receipts;

/// <summary>Receipts to print (H10). Whoever knows a ticket's id holds it.</summary>
internal static class ReceiptEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var tickets = routes.MapGroup("/api/tickets/{id}").WithTags("hall").Refuses(StatusCodes.Status404NotFound);
        tickets.MapGet("/receipt", async (string id, HttpContext context, IGrainFactory grains, TownDirectory town) =>
                Results.Text(ReceiptHtml.Write(await ReceiptAsync(id, context, grains, town)), "text/html; charset=utf-8"))
            .Produces<string>(StatusCodes.Status200OK, "text/html");
        tickets.MapGet("/receipt.pdf", async (string id, HttpContext context, IGrainFactory grains, TownDirectory town) =>
                Results.Bytes(ReceiptPdf.Write(await ReceiptAsync(id, context, grains, town)), "application/pdf"))
            .Produces<byte[]>(StatusCodes.Status200OK, "application/pdf");
    }

    private static async Task<Receipt> ReceiptAsync(string id, HttpContext context, IGrainFactory grains, TownDirectory town)
    {
        var ticket = await grains.GetGrain<ITicketGrain>(TicketEndpoints.Checked(id)).View();
        // It changes while the visitor waits, and the address is the visitor's secret.
        context.Response.Headers.CacheControl = "no-store";
        return Receipt.Of(ticket, town.Hall(ticket.Hall), Absolute(context.Request, ticket.Url));
    }

    /// <summary>The address of a page as whoever asks reaches it.</summary>
    internal static Uri Absolute(HttpRequest request, string path) => new($"{request.Scheme}://{request.Host}{request.PathBase}{path}");
}
