using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Accounts;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Forms;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Applications;

/// <summary>The catalogue: what an item asks for, and for administrators all of it as files.</summary>
internal static class CatalogueEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/items/{code}", (string code, TownDirectory town) => Results.Json(Of(town.Item(code), town.Town!), ApiJson.Options))
            .WithTags("directory").Produces<ItemResponse>();
        routes.MapGet("/api/items/{code}/process", (string code, TownDirectory town) =>
            town.Town!.Processes.FirstOrDefault(p => p.Code == town.Item(code).Process?.Code) is { } process
                ? Results.Text(process.Bpmn, "application/xml")
                : throw Refusals.Unknown("process", code)).WithTags("directory");
        routes.MapGet("/api/catalogue", (HttpContext context, TownDirectory town) =>
        {
            Staff.Of(context, Roles.Admin);
            return Results.Json(new CatalogueRequest(town.Town is { } defined ? CatalogueFiles.Write(defined).ToDictionary() : []), ApiJson.Options);
        }).WithTags("catalogue").Produces<CatalogueRequest>();
        routes.MapPost("/api/catalogue", DefineAsync).WithTags("catalogue").TakesJson<CatalogueRequest>().Produces<CatalogueResponse>()
            .Refuses(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> DefineAsync(HttpContext context, IGrainFactory grains, string? dryRun)
    {
        Staff.Of(context, Roles.Admin);
        var (body, bytes) = await Body.ReadAsync<CatalogueRequest>(context.Request);
        if (CatalogueFiles.Read(body.Files, out var town) is { IsEmpty: false } faults)
            throw Refusals.Validation([.. faults.Select(f => new Fault(Texts.Below("/files", f.File), f.Code, f.Place.Length > 0 ? $"{f.Place}: {f.Message}" : f.Message))]);
        if (!Query.Flag("dryRun", dryRun))
            town = await grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Define(Commands.InfoOf(context, bytes, staff: true), town!);
        return Results.Json(new CatalogueResponse([.. town!.Items.Select(item => new ItemVersion(item.Code, item.Version))]), ApiJson.Options);
    }

    private static ItemResponse Of(ItemDefinition item, TownDefinition town) => new(
        item.Code, item.Version, item.Name, item.Department, item.Kind, item.LegalBasis, item.Conditions, item.QuantityLimit, item.Materials, item.Fee,
        item.StatutoryLimit, item.CommittedLimit, item.PreApprovals, item.PostApprovals,
        [.. item.Steps.Select(step => new StepSummary(step.Id, step.Name, step.Department, step.Role, step.Limit))],
        town.Forms.FirstOrDefault(f => f.Code == item.Form) is { } form ? JsonSerializer.Deserialize<JsonElement>(form.Schema) : null,
        item.Process?.Code,
        item.Licence);

    /// <summary>The files of a catalogue by their paths, see <see cref="CatalogueFiles"/>.</summary>
    public sealed record CatalogueRequest(Dictionary<string, string> Files);

    /// <summary>The items now in force.</summary>
    public sealed record CatalogueResponse(ImmutableArray<ItemVersion> Items);

    /// <summary>An item and its version.</summary>
    public sealed record ItemVersion(string Code, int Version);

    /// <summary>A step of an item.</summary>
    public sealed record StepSummary(string Id, LocalizedText Name, string Department, StepRole Role, Limit? Limit);

    /// <summary>All that an item asks for and promises (A1).</summary>
    public sealed record ItemResponse(
        string Code,
        int Version,
        LocalizedText Name,
        string Department,
        ItemKind Kind,
        string LegalBasis,
        ImmutableArray<LocalizedText> Conditions,
        QuantityLimit? QuantityLimit,
        ImmutableArray<MaterialDefinition> Materials,
        FeeStandard? Fee,
        Limit StatutoryLimit,
        Limit? CommittedLimit,
        ImmutableArray<string> PreApprovals,
        ImmutableArray<string> PostApprovals,
        ImmutableArray<StepSummary> Steps,
        JsonElement? Form,
        string? Process,
        LicenceStandard? Licence);
}
