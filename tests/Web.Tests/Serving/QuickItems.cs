using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneStop.Web.Tests.Serving;

/// <summary>Items whose limits are seconds, so that a test sees cards fall by the real clock.</summary>
internal static class QuickItems
{
    /// <summary>Adds an item of the market department to the catalogue in force.</summary>
    public static async Task DefineAsync(ApiClient admin, string code, TimeSpan committed, TimeSpan statutory, params object[] steps)
    {
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        files[$"items/{code}.json"] = Item(code, committed, statutory, steps).ToJsonString();
        (await admin.PostAsync("/api/catalogue", new { files })).Expect(200);
    }

    public static JsonNode Item(string code, TimeSpan committed, TimeSpan statutory, params object[] steps) => JsonSerializer.SerializeToNode(new
    {
        code,
        name = new { zh = "快件", en = "Quick case" },
        department = "market",
        kind = "joint",
        statutoryLimit = Limit(statutory),
        committedLimit = Limit(committed),
        extensionWorkingDays = 0,
        steps,
    })!;

    public static object Step(string id, string department) =>
        new { id, name = new { zh = id, en = id }, department, role = "handler", stage = 1, limit = (object?)null };

    private static object Limit(TimeSpan time) => new { kind = "calendarTime", duration = time.ToString("c", CultureInfo.InvariantCulture) };
}
