using System.Text.Json;
using OneStop.Domain.Forms;

namespace OneStop.Domain.Tests.Forms;

/// <summary>A3: every fault of a submission at once, and no schema that promises what is not checked.</summary>
public class FormSchemaTests
{
    // One row a keyword, by JSON Schema draft 2020-12: a value that it lets pass and one that it does not.
    [Theory]
    [InlineData("""{"type":"integer"}""", """1.0""", """1.5""")]
    [InlineData("""{"type":["string","null"]}""", """null""", """1""")]
    [InlineData("""{"enum":["a",1,null]}""", """1.0""", "\"b\"")]
    [InlineData("""{"const":{"a":[1,2]}}""", """{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"minimum":3}""", """3""", """2.9""")]
    [InlineData("""{"maximum":3}""", """3""", """3.1""")]
    [InlineData("""{"exclusiveMinimum":3}""", """3.1""", """3""")]
    [InlineData("""{"exclusiveMaximum":3}""", """2.9""", """3""")]
    [InlineData("""{"multipleOf":0.01}""", """0.07""", """0.075""")]
    [InlineData("""{"minLength":2}""", "\"\\ud83d\\ude00x\"", "\"\\ud83d\\ude00\"")]
    [InlineData("""{"maxLength":1}""", "\"\\ud83d\\ude00\"", "\"ab\"")]
    [InlineData("""{"pattern":"^a+$"}""", "\"aa\"", "\"ab\"")]
    [InlineData("""{"minItems":1}""", """[0]""", """[]""")]
    [InlineData("""{"maxItems":1}""", """[0]""", """[0,1]""")]
    [InlineData("""{"uniqueItems":true}""", """[1,"1"]""", """[1,1.0]""")]
    [InlineData("""{"items":{"type":"string"}}""", """["a"]""", """["a",1]""")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":false}""", """["a"]""", """["a",1]""")]
    [InlineData("""{"contains":{"const":1},"minContains":2,"maxContains":3}""", """[1,1,2]""", """[1,2]""")]
    [InlineData("""{"required":["a"]}""", """{"a":null}""", """{"b":1}""")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"b":1}""", """{"a":1}""")]
    [InlineData("""{"patternProperties":{"^n":{"type":"number"}},"additionalProperties":false}""", """{"n1":1}""", """{"m":1}""")]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"ab":1}""", """{"abc":1}""")]
    [InlineData("""{"minProperties":1}""", """{"a":1}""", """{}""")]
    [InlineData("""{"maxProperties":1}""", """{"a":1}""", """{"a":1,"b":2}""")]
    [InlineData("""{"dependentRequired":{"card":["address"]}}""", """{"card":1,"address":2}""", """{"card":1}""")]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1,"b":1}""", """{"a":1}""")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", """2""", """3""")]
    [InlineData("""{"anyOf":[{"const":1},{"const":2}]}""", """2""", """3""")]
    [InlineData("""{"oneOf":[{"minimum":1},{"maximum":5}]}""", """0""", """3""")]
    [InlineData("""{"not":{"type":"string"}}""", """1""", "\"a\"")]
    [InlineData("""{"if":{"properties":{"k":{"const":"x"}}},"then":{"required":["a"]},"else":{"required":["b"]}}""", """{"k":"x","a":1}""", """{"k":"x","b":1}""")]
    [InlineData("""{"$defs":{"n":{"type":"number"}},"items":{"$ref":"#/$defs/n"}}""", """[1]""", """["1"]""")]
    [InlineData("""{"properties":{"a":{"$ref":"#"}},"additionalProperties":false}""", """{"a":{"a":{}}}""", """{"a":{"b":1}}""")]
    public void AKeywordTellsTheOneFromTheOther(string schema, string good, string bad)
    {
        Assert.Empty(FormSchema.Read(schema, out var read));
        Assert.Empty(read!.Faults(Json(good)));
        Assert.NotEmpty(read.Faults(Json(bad)));
    }

    [Fact]
    public void EveryFaultComesAtOnceWithItsPointer()
    {
        Assert.Empty(FormSchema.Read(
            """
            {"type":"object","required":["street","people"],"additionalProperties":false,
             "properties":{"street":{"type":"string","minLength":2},"people":{"type":"array","items":{"type":"object","required":["age"],"properties":{"age":{"type":"integer","minimum":0}}}},
             "since":{"type":"string","format":"date"},"a/b":{"type":"string"}}}
            """,
            out var schema));
        var faults = schema!.Faults(Json("""{"people":[{"age":-1},{},{"age":"old"}],"since":"2026-02-30","a/b":1,"rent":5}"""));
        Assert.Equal(
            ["/a~1b wrong-type", "/people/0/age out-of-range", "/people/1/age required", "/people/2/age wrong-type", "/rent unknown-field", "/since malformed", "/street required"],
            faults.Select(f => $"{f.Pointer} {f.Code}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{", "malformed")]
    [InlineData("[]", "not-a-schema")]
    [InlineData("""{"type":"banana"}""", "not-a-schema")]
    [InlineData("""{"type":[]}""", "not-a-schema")]
    [InlineData("""{"minLength":-1}""", "not-a-schema")]
    [InlineData("""{"minLength":"2"}""", "not-a-schema")]
    [InlineData("""{"multipleOf":0}""", "not-a-schema")]
    [InlineData("""{"minimum":"low"}""", "not-a-schema")]
    [InlineData("""{"required":"name"}""", "not-a-schema")]
    [InlineData("""{"required":[1]}""", "not-a-schema")]
    [InlineData("""{"properties":[]}""", "not-a-schema")]
    [InlineData("""{"allOf":[]}""", "not-a-schema")]
    [InlineData("""{"enum":"a"}""", "not-a-schema")]
    [InlineData("""{"pattern":"("}""", "malformed-pattern")]
    [InlineData("""{"pattern":"(?=a)b"}""", "malformed-pattern")]
    [InlineData("""{"format":"idn-hostname"}""", "unknown-format")]
    [InlineData("""{"requierd":["name"]}""", "unknown-keyword")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "unknown-reference")]
    [InlineData("""{"$ref":"https://example.org/other.json"}""", "unknown-reference")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#"}""", "unknown-dialect")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""", "endless-reference")]
    [InlineData("""{"title":"\ud800"}""", "malformed")]
    public void WhatIsNoSchemaIsRefused(string json, string code)
    {
        var faults = FormSchema.Read(json, out var schema);
        Assert.Null(schema);
        Assert.Contains(faults, f => f.Code == code);
    }

    [Fact]
    public void TheFaultsOfASchemaNameTheirPlaces()
    {
        var faults = FormSchema.Read("""{"properties":{"a":{"type":"text"},"b":{"items":[{}]}},"x-note":"ours"}""", out _);
        Assert.Equal(["/properties/a/type", "/properties/b/items"], faults.Select(f => f.Pointer));
    }

    [Fact]
    public void HalfACharacterIsAFaultAndNothingWorse()
    {
        FormSchema.Read("""{"properties":{"name":{"maxLength":5}}}""", out var schema);
        Assert.Equal("malformed", Assert.Single(schema!.Faults(Json("""{"name":"\ud800"}"""))).Code);
        Assert.Equal("malformed", Assert.Single(schema.Faults(Json("""{"\udc00":1}"""))).Code);
    }

    [Fact]
    public void AThousandFaultsAreListedUpToABound()
    {
        FormSchema.Read("""{"items":{"type":"string"}}""", out var schema);
        Assert.Equal(FormSchema.MostFaults, schema!.Faults(Json("[" + string.Join(',', Enumerable.Range(0, 1000)) + "]")).Length);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
