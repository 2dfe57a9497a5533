using System.Text.Json;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Tests.Applications;
using OneStop.Domain.Tests.Processes;

namespace OneStop.Domain.Tests.Catalogue;

/// <summary>A1: the catalogue as files, every fault with its file and place, and versions.</summary>
public class CatalogueFilesTests
{
    private const string Item = """
        {"code":"permit","name":{"zh":"许可","en":"Permit"},"department":"market","kind":"commitment",
         "statutoryLimit":{"kind":"workingDays","days":20},"committedLimit":{"kind":"workingDays","days":10}}
        """;

    private static readonly Dictionary<string, string> Sound = new()
    {
        ["region.json"] = """{"code":"1","name":{"zh":"镇","en":"Town"}}""",
        ["departments.json"] = """[{"code":"market","name":{"zh":"市场","en":"Market"}},{"code":"county","name":{"zh":"县","en":"County"},"level":"county"}]""",
        ["items/permit.json"] = Item.Replace("\"kind\":\"commitment\"", "\"kind\":\"commitment\",\"process\":\"permit\",\"form\":\"permit\",\"timeRule\":\"chengdu\"", StringComparison.Ordinal),
        ["processes/permit.bpmn"] = Bpmn.Xml("start -> a; a -> b; b -> end", _ => "onestop:limit=\"4\""),
        ["forms/permit.schema.json"] = """{"type":"object","required":["place"]}""",
        ["rules/chengdu.json"] = """
            {"code":"chengdu","version":3,"cards":[{"level":"yellow","clock":"committed","offsetWorkingDays":-2},{"level":"red","clock":"committed","offsetWorkingDays":0}],
             "stepLights":[],"escalation":{"steps":[{"on":"red","afterWorkingDays":0,"tell":["mayor"]}],"explanationWorkingDays":3}}
            """,
        ["retention/default.json"] = """{"code":"default","version":2,"archiveAfter":{"length":6,"unit":"months"},"keep":{"length":10,"unit":"years"},"erase":true}""",
        ["contacts.json"] = """[{"post":"mayor","email":"mayor@town.example"}]""",
        ["calendars/cn-2027.json"] = """{"code":"cn","year":2027,"days":[{"date":"2027-01-01","name":"元旦","isOff":true}]}""",
    };

    [Fact]
    public void ASoundCatalogueIsRead()
    {
        Assert.Empty(CatalogueFiles.Read(Sound, out var town));
        var item = Assert.Single(town!.Items);
        Assert.Equal(("permit", "a,b"), (item.Process!.Code, string.Join(',', item.Steps.Select(s => s.Id))));
        Assert.Equal(("default", 2, new RetentionPeriod(10, RetentionUnit.Years)), (item.Retention!.Code, item.Retention.Version, item.Retention.Keep));
        Assert.Equal(("chengdu", 3, 3), (item.TimeRule.Code, item.TimeRule.Version, item.TimeRule.Ladder.ExplanationWorkingDays));
    }

    [Fact]
    public void WritingAndReadingGivesTheSame()
    {
        CatalogueFiles.Read(Sound, out var town);
        var full = town! with
        {
            Items =
            [
                .. town.Items, Items.ShopLicence, Items.MarriageRecord,
                Items.Restaurant with
                {
                    PreAcceptanceLimit = null, Conditions = [new("条件", "Condition")], QuantityLimit = new(3, QuantityPeriod.Year), Fee = new("标准", 100, new("件", "each")),
                    PreApprovals = ["shop-licence"], PostApprovals = ["permit"], Materials = [new MaterialDefinition { Zh = "证", En = "Card", Required = false, Receipt = true, Copies = 2 }],
                    Steps = [.. Items.Restaurant.Steps.Select(s => s with { Department = "market" })],
                    Retention = new() { Code = "long", ArchiveAfter = new(1, RetentionUnit.Years) },
                },
            ],
            Retentions = [.. town.Retentions, new() { Code = "long", ArchiveAfter = new(1, RetentionUnit.Years) }],
        };
        full = full with { Items = [.. full.Items.Select(i => i with { Department = "market", Retention = i.Retention ?? town.Retentions[0] }).OrderBy(i => i.Code, StringComparer.Ordinal)] };
        Assert.Empty(CatalogueFiles.Read(CatalogueFiles.Write(full), out var again));
        Assert.Equal(JsonSerializer.Serialize(full), JsonSerializer.Serialize(again));
    }

    [Theory]
    [InlineData("items/permit.json", "\"department\":\"market\"", "\"department\":\"nobody\"", "items/permit.json: unknown-department")]
    [InlineData("items/permit.json", "\"days\":10", "\"days\":30", "items/permit.json /committedLimit: longer-than-statutory")]
    [InlineData("items/permit.json", "\"days\":10", "\"days\":7", "items/permit.json /steps: path-too-long")]
    [InlineData("items/permit.json", "\"days\":20", "\"days\":-20", "items/permit.json /statutoryLimit: out-of-range")]
    [InlineData("items/permit.json", "\"process\":\"permit\"", "\"process\":\"none\"", "items/permit.json /process: unknown-process")]
    [InlineData("items/permit.json", "\"form\":\"permit\"", "\"form\":\"none\"", "items/permit.json /form: unknown-form")]
    [InlineData("items/permit.json", "\"form\":\"permit\"", "\"preApprovals\":[\"none\"]", "items/permit.json /preApprovals/0: unknown-item")]
    [InlineData("items/permit.json", "\"form\":\"permit\"", "\"colour\":\"red\"", "items/permit.json /colour: malformed")]
    [InlineData("items/permit.json", "\"form\":\"permit\"", "\"materials\":[null]", "items/permit.json /materials/0: malformed")]
    [InlineData("items/permit.json", "\"form\":\"permit\"", "\"code\":\"again\"", "items/permit.json: malformed")]
    [InlineData("items/permit.json", "\"form\":\"permit\"", "\"steps\":[]", "items/permit.json /steps: two-courses")]
    [InlineData("items/permit.json", "\"code\":\"permit\"", "\"code\":\"other\"", "items/permit.json /code: not-the-file")]
    [InlineData("processes/permit.bpmn", "department=\"market\"", "department=\"moon\"", "processes/permit.bpmn lane: unknown-department")]
    [InlineData("processes/permit.bpmn", "<endEvent", "<userTask id=\"lost\" name=\"lost\"/><endEvent", "processes/permit.bpmn lost: unreachable")]
    [InlineData("forms/permit.schema.json", "\"object\"", "\"thing\"", "forms/permit.schema.json /type: not-a-schema")]
    [InlineData("calendars/cn-2027.json", "2027-01-01", "1", "calendars/cn-2027.json /days/0/date: malformed")]
    [InlineData("calendars/cn-2027.json", "2027", "2026", "")]
    [InlineData("departments.json", "[", "[null,", "departments.json /0: malformed")]
    [InlineData("rules/chengdu.json", "\"explanationWorkingDays\":3", "\"explanationWorkingDays\":-3", "rules/chengdu.json /escalation/explanationWorkingDays: out-of-range")]
    [InlineData("rules/chengdu.json", "\"afterWorkingDays\":0", "\"afterWorkingDays\":-1", "rules/chengdu.json /escalation/steps/0/afterWorkingDays: out-of-range")]
    [InlineData("rules/chengdu.json", "\"mayor\"", "\"king\"", "rules/chengdu.json /escalation/steps/0/tell/0: malformed")]
    [InlineData("rules/chengdu.json", "\"level\":\"red\"", "\"level\":\"yellow\"", "rules/chengdu.json /cards/1: repeated")]
    [InlineData("rules/chengdu.json", "\"code\":\"chengdu\"", "\"code\":\"other\"", "rules/chengdu.json /code: not-the-file")]
    [InlineData("items/permit.json", "\"timeRule\":\"chengdu\"", "\"timeRule\":\"none\"", "items/permit.json /timeRule: unknown-rule")]
    [InlineData("retention/default.json", "\"code\":\"default\"", "\"code\":\"other\"", "retention/default.json /code: not-the-file")]
    [InlineData("retention/default.json", "\"length\":6", "\"length\":-6", "retention/default.json /archiveAfter/length: out-of-range")]
    [InlineData("retention/default.json", "\"length\":10", "\"length\":100000", "retention/default.json /keep/length: out-of-range")]
    [InlineData("retention/default.json", "\"length\":10,\"unit\":\"years\"", "\"length\":5,\"unit\":\"months\"", "retention/default.json /keep: shorter-than-archive")]
    [InlineData("retention/default.json", "\"keep\":{\"length\":10,\"unit\":\"years\"}", "\"keep\":null", "retention/default.json /erase: kept-for-ever")]
    [InlineData("retention/default.json", "\"months\"", "\"moons\"", "retention/default.json /archiveAfter/unit: malformed")]
    [InlineData("retention/default.json", "\"archiveAfter\":{\"length\":6,\"unit\":\"months\"}", "\"archiveAfter\":null", "retention/default.json /archiveAfter: malformed")]
    [InlineData("retention/default.json", "\"erase\":true", "\"erase\":true,\"burn\":true", "retention/default.json /burn: malformed")]
    [InlineData("items/permit.json", "\"form\":\"permit\"", "\"retention\":\"none\"", "items/permit.json /retention: unknown-rule")]
    [InlineData("items/permit.json", "\"form\":\"permit\"", "\"retention\":{\"code\":\"own\",\"archiveAfter\":{\"length\":-1,\"unit\":\"days\"}}", "items/permit.json /retention/archiveAfter/length: out-of-range")]
    [InlineData("contacts.json", "mayor@town.example", "the mayor", "contacts.json /0/email: malformed")]
    public void AFaultIsNamedByFilePlaceAndCode(string file, string old, string @new, string expected)
    {
        var files = new Dictionary<string, string>(Sound) { [file] = Sound[file].Replace(old, @new, StringComparison.Ordinal) };
        var faults = CatalogueFiles.Read(files, out _).Select(f => f.ToString()).ToList();
        if (expected.Length == 0)
            Assert.Empty(faults);
        else
            Assert.Contains(faults, f => f.StartsWith(expected + ":", StringComparison.Ordinal));
    }

    [Fact]
    public void TwoCalendarsThatContradictEachOtherAreRefused()
    {
        var files = new Dictionary<string, string>(Sound) { ["calendars/other.json"] = Sound["calendars/cn-2027.json"].Replace("true", "false", StringComparison.Ordinal) };
        Assert.Equal(["calendars/other.json contradiction"], CatalogueFiles.Read(files, out _).Select(f => $"{f.File} {f.Code}"));
        files = new(Sound) { ["calendars/cn-2026.json"] = """{"code":"cn","year":2026,"days":[{"date":"2026-03-04","name":"假日","isOff":true}]}""" };
        Assert.Equal(["calendars/cn-2026.json contradiction"], CatalogueFiles.Read(files, out _).Select(f => $"{f.File} {f.Code}"));
    }

    [Fact]
    public void FilesThatAreMissingOrStrangeAreNamed()
    {
        Assert.Equal(["departments.json required", "region.json required"], CatalogueFiles.Read(new Dictionary<string, string>(), out _).Select(f => $"{f.File} {f.Code}"));
        Assert.Equal(["items/notes.txt unknown-file"], CatalogueFiles.Read(new Dictionary<string, string>(Sound) { ["notes.md"] = "" }, out _)
            .Select(f => $"{f.File} {f.Code}".Replace("notes.md", "items/notes.txt", StringComparison.Ordinal)));
    }

    [Fact]
    public void AChangedItemGetsTheNextVersionAndOthersKeepTheirs()
    {
        CatalogueFiles.Read(Sound, out var town);
        town = town! with { Items = [.. town.Items, Items.MarriageRecord with { Department = "market" }] };
        var first = CatalogueState.Of(town);
        Assert.Empty(CatalogueState.Define(first, town, "admin", Times.At("2026-03-02 10:00")).OrThrow());
        var changed = town with { Items = [town.Items[0] with { LegalBasis = "新法" }, town.Items[1]] };
        var next = first.Evolve(Assert.Single(CatalogueState.Define(first, changed, "admin", Times.At("2026-03-02 10:00")).OrThrow()));
        Assert.Equal([2, 1], next.Town!.Items.Select(i => i.Version));
        Assert.Empty(CatalogueState.Define(next, changed, "admin", Times.At("2026-03-02 10:00")).OrThrow());
    }

    [Fact]
    public void AChangedRuleGetsTheNextVersionAndSoDoTheItemsThatNameIt()
    {
        CatalogueFiles.Read(Sound, out var town);
        var changed = town! with { Rules = [town.Rules[0] with { StepLights = [new(Supervision.CardLevel.Warning, Supervision.ClockKind.Step, -1)] }] };
        var first = CatalogueState.Of(town);
        var next = first.Evolve(Assert.Single(CatalogueState.Define(first, changed, "admin", Times.At("2026-03-02 10:00")).OrThrow()));
        Assert.Equal((4, 4, 2), (next.Town!.Rules[0].Version, next.Town.Items[0].TimeRule.Version, next.Town.Items[0].Version));
        Assert.Empty(CatalogueState.Define(next, changed, "admin", Times.At("2026-03-02 10:00")).OrThrow());
    }

    [Fact]
    public void AChangedRuleOfRetentionGetsTheNextVersionAndSoDoTheItemsThatAreKeptByIt()
    {
        CatalogueFiles.Read(Sound, out var town);
        var changed = town! with { Retentions = [town.Retentions[0] with { Keep = new(30, RetentionUnit.Years) }] };
        var first = CatalogueState.Of(town);
        var next = first.Evolve(Assert.Single(CatalogueState.Define(first, changed, "admin", Times.At("2026-03-02 10:00")).OrThrow()));
        Assert.Equal((3, 3, 30, 2), (next.Town!.Retentions[0].Version, next.Town.Items[0].Retention!.Version, next.Town.Items[0].Retention!.Keep!.Length, next.Town.Items[0].Version));
        Assert.Empty(CatalogueState.Define(next, changed, "admin", Times.At("2026-03-02 10:00")).OrThrow());
    }

    // Chengdu: yellow when nearly due, red when overdue, told otherwise, by the rule's file alone.
    [Fact]
    public void ARuleOfTheFolderIsWhatACaseGoesBy()
    {
        CatalogueFiles.Read(Sound, out var town);
        var item = Items.ShopLicence with { TimeRule = town!.Rules[0] };
        var file = CaseFile.Accepted(item, "2026-03-02 10:00").RunUntil("2026-06-01");
        Assert.Equal(["yellow 2026-03-10 00:00", "red 2026-03-12 00:00"], file.Cards);
        Assert.Equal(["post/mayor"], file.Events.OfType<PeopleTold>().SelectMany(t => t.To).Select(a => a.Key));
    }

    // What was recorded before these elements were there.
    [Fact]
    public void AnOldItemStillDecodes()
    {
        var old = JsonSerializer.Deserialize<ItemDefinition>(
            Item.Replace("\"department\"", "\"materials\":[{\"zh\":\"身份证\",\"en\":\"Identity card\"}],\"department\"", StringComparison.Ordinal), JsonSerializerOptions.Web)!;
        Assert.Equal((true, 1, null), (old.Materials[0].Required, old.Materials[0].Copies, old.Process));
        var state = JsonSerializer.Deserialize<ApplicationState>("""{"Number":"A1","Steps":[{"Id":"review","Status":"done"}]}""")!;
        Assert.Equal((true, true), (state.Tokens.IsEmpty, state.Steps[0].Earlier.IsEmpty));
        Assert.Equal(new WorkingDays(20), old.StatutoryLimit);
    }
}
