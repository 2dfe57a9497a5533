using OneStop.Domain.Accounts;
using OneStop.Grains.Interfaces.Archive;
using OneStop.WebFrontend.Applications;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Archive;

/// <summary>The archive (归档): what is in it, and each case of it as a file that anybody can check.</summary>
internal static class ArchiveEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var archive = routes.MapGroup("/api/archive").WithTags("archive");
        archive.MapGet("", ListAsync).Produces<ListResponse<ArchivedCase>>();
        archive.MapGet("/{number}/export", ExportAsync).Produces<CaseExport>()
            .Refuses(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, IGrainFactory grains, string? item, string? department, string? limit, string? after)
    {
        Staff.Of(context, Roles.Officer, Roles.Admin);
        var most = Query.Limit(limit);
        var found = await grains.GetGrain<IArchiveGrain>(IArchiveGrain.Key).Cases(new ArchiveQuestion(item, department, after, most));
        return Results.Json(new ListResponse<ArchivedCase>(found, found.Length == most ? found[^1].AcceptanceNumber : null), ApiJson.Options);
    }

    private static async Task<IResult> ExportAsync(string number, HttpContext context, IGrainFactory grains)
    {
        var account = Staff.Of(context, Roles.Officer, Roles.Admin);
        var export = await ApplicationEndpoints.GrainOf(grains, number).Export(ApplicationEndpoints.ActorOf(account));
        context.Response.Headers.ContentDisposition = "attachment; filename*=UTF-8''" + Uri.EscapeDataString(number + ".json");
        return Results.Json(export, ApiJson.Options);
    }
}
