using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.BadInput;

/// <summary>Several hundred bodies of rubbish for every route that takes one: whatever is sent, the fault is the sender's.</summary>
public sealed class RandomInputTests(TownFixture town, ITestOutputHelper output) : IClassFixture<TownFixture>
{
    private const int VariantsOfARoute = 24;

    [Theory]
    [InlineData(20240208)]
    [InlineData(441900102)]
    public async Task NoBodyMakesTheProgramFail(int seed)
    {
        var random = new Random(seed);
        var document = (await town.Public.GetAsync("/openapi/v1.json")).Expect(200).Json;
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        var ticket = await town.TakeTicketAsync("enquiry");
        // Those who get furthest in: a clerk at an open counter, a head in whose department the case is, an officer for a case elsewhere.
        var (officer, elsewhere) = (await town.StaffAsync("officer"), string.Create(CultureInfo.InvariantCulture, $"E-{seed}"));
        (await officer.PostAsync("/api/reports", new { number = elsewhere, item = "shop-licence", start = DateTimeOffset.UtcNow.AddDays(-1) })).Expect(201);
        var desk = await town.DeskAsync(7);
        (await desk.DoAsync("call-next")).Expect(200);
        var head = await town.StaffAsync("head.market");
        (await head.PostAsync($"/api/applications/{number}/accept")).Expect(200);
        var sent = 0;

        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            if (operations!["post"] is not { } post) continue;
            var isReport = path.StartsWith("/api/reports", StringComparison.Ordinal);
            var caller = isReport ? officer
                : path.Contains("/counters/", StringComparison.Ordinal) ? desk.Clerk
                : path.StartsWith("/api/tasks", StringComparison.Ordinal) || path.Contains("{number}", StringComparison.Ordinal) ? head
                : town.Public;
            var address = path.Replace("{hall}", "shilong", StringComparison.Ordinal).Replace("{counter}", "c7", StringComparison.Ordinal)
                .Replace("{number}", isReport ? elsewhere : number, StringComparison.Ordinal)
                .Replace("{id}", path.Contains("/tasks/", StringComparison.Ordinal) ? number + ".review" : ticket, StringComparison.Ordinal);
            var example = Example(document, post["requestBody"]?["content"]?["application/json"]?["schema"], 0);
            for (var i = 0; i < VariantsOfARoute; i++, sent++)
            {
                var body = Mutate(example, random);
                var answer = await caller.PostBytesAsync(address, body, random.Next(4) == 0 ? RandomText(random, 20, 0x20, 0x7e) : null);
                Assert.True(answer.Status < 500, $"Seed {seed}: {answer.Status} for POST {address} with {Encoding.UTF8.GetString(body)}");
                if (answer.Status >= 400) Assert.Equal("application/problem+json", answer.MediaType);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent} bodies sent."));
        Assert.True(sent >= 500, $"Only {sent} bodies were sent: are the routes described?");
    }

    /// <summary>A value as the schema has it.</summary>
    private static JsonNode? Example(JsonNode document, JsonNode? schema, int depth)
    {
        if (schema is null || depth > 8) return new JsonObject();
        if (schema["$ref"]?.GetValue<string>() is { } reference)
            return Example(document, document["components"]!["schemas"]![reference.Split('/')[^1]], depth + 1);
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
            return Example(document, choices.LastOrDefault(choice => choice!["type"]?.ToString() != "null"), depth + 1);
        if (schema["enum"] is JsonArray { Count: > 0 } words) return words[0]?.DeepClone();
        var type = schema["type"] is JsonArray types ? types.Select(t => t!.GetValue<string>()).First(t => t != "null") : schema["type"]?.GetValue<string>();
        switch (type)
        {
            case "array": return new JsonArray(Example(document, schema["items"], depth + 1));
            case "integer" or "number": return 3;
            case "boolean": return true;
            case "string": return "civil";
        }

        var made = new JsonObject();
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? []) made[name] = Example(document, member, depth + 1);
        return made;
    }

    private static byte[] Mutate(JsonNode? example, Random random)
    {
        var node = example?.DeepClone();
        switch (random.Next(8))
        {
            case 0:
                return RandomBytes(random);
            case 1:
                var text = Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null");
                return text[..random.Next(text.Length + 1)];
            case 2:
                var spoilt = Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null");
                for (var i = random.Next(1, 4); i > 0; i--) spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
                return spoilt;
            case 3:
                return Encoding.UTF8.GetBytes(RandomJson(random, 0));
            default:
                for (var i = random.Next(1, 4); i > 0; i--) ReplaceOne(node, random);
                return Encoding.UTF8.GetBytes((node?.ToJsonString() ?? "null").Replace("\"@raw@\"", RandomJson(random, 1), StringComparison.Ordinal));
        }
    }

    private static void ReplaceOne(JsonNode? node, Random random)
    {
        if (node is not JsonObject made) return;
        var names = made.Select(member => member.Key).ToArray();
        if (names.Length == 0 || random.Next(5) == 0)
        {
            made[RandomText(random, 8, 0x20, 0x2fff)] = "@raw@";
            return;
        }

        var name = names[random.Next(names.Length)];
        if (made[name] is JsonObject inner && random.Next(2) == 0) ReplaceOne(inner, random);
        else if (random.Next(6) == 0) made.Remove(name);
        else made[name] = "@raw@";
    }

    private static string RandomJson(Random random, int depth) => random.Next(depth > 3 ? 12 : 15) switch
    {
        0 => "null",
        1 => "true",
        2 => random.Next().ToString(CultureInfo.InvariantCulture),
        3 => "-0.000000000000000000000001",
        4 => "1e400",
        5 => "99999999999999999999999999999999999999",
        6 => "\"\"",
        7 => "\"" + new string('長', random.Next(2_000)) + "\"",
        8 => "\"\\ud83d\"",
        9 => "\"\\u0000\"",
        10 => "\"1900-01-01T00:00:00+14:00\"",
        11 => JsonValue.Create(RandomText(random, 30, 0, 0x2fff)).ToJsonString(),
        12 => "[" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => RandomJson(random, depth + 1))) + "]",
        13 => "{" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(i => $"\"k{i}\":{RandomJson(random, depth + 1)}")) + "}",
        _ => new string('[', 40) + new string(']', 40),
    };

    private static string RandomText(Random random, int most, int from, int to) =>
        string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => (char)random.Next(from, to)));

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }
}
