using OneStop.Web.Tests.Pages;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.KnownFailures;

/// <summary>Announcements that talk over each other; in a town of its own, where nobody else is called. See <see cref="KnownHallFailuresTests"/>.</summary>
public sealed class KnownVoiceFailuresTests(TownFixture town, Chromium chromium) : IClassFixture<TownFixture>
{
    [Fact]
    public async Task TwoDisplaysOfAZoneDoNotTalkOverEachOtherAndOneGoesOnForTheOther()
    {
        await using var left = await SpeakingAsync();
        await using var right = await SpeakingAsync();
        var (four, three) = (await town.DeskAsync(4), await town.DeskAsync(3));
        var first = await CallAsync(four, "tax");
        var second = await CallAsync(three, "market");
        await KnownDisplayFailuresTests.SeesCalledAsync(left, second);
        await KnownDisplayFailuresTests.SeesCalledAsync(right, second);

        var said = new List<string> { await SaidAsync(left, right) };
        // The one that speaks is switched off in the middle of its sentence: the other one says the call again.
        var leftSpoke = await left.Page.EvaluateAsync<bool>("open_.length > 0");
        var heir = leftSpoke ? right : left;
        await (leftSpoke ? left : right).DisposeAsync();
        for (var i = 0; i < 8; i++)
        {
            await heir.Page.WaitForFunctionAsync("open_.length > 0");
            said.Add(await heir.Page.EvaluateAsync<string>("said.at(-1)"));
            Assert.Equal(1, await heir.Page.EvaluateAsync<int>("open_.length"));
            await heir.Page.EvaluateAsync("open_.shift().onend()");
        }

        string Spoken(string number) => string.Join(' ', number.ToCharArray());
        Assert.All(said.Take(5), words => Assert.Contains(Spoken(first), words, StringComparison.Ordinal));
        Assert.All(said.Skip(5), words => Assert.Contains(Spoken(second), words, StringComparison.Ordinal));
        await heir.Page.WaitForFunctionAsync("document.querySelector('[role=log]').dataset.heard === '4'");
        (await four.FinishAsync()).Expect(200);
        (await three.FinishAsync()).Expect(200);
    }

    private async Task<Visitor> SpeakingAsync()
    {
        var display = await chromium.VisitAsync(town.Address);
        await display.Page.AddInitScriptAsync(HallPagesTests.Voice);
        await display.OpenAsync("/hall/shilong");
        await display.IsLiveAsync();
        return display;
    }

    /// <summary>What one of them says, while the other is silent.</summary>
    private static async Task<string> SaidAsync(Visitor left, Visitor right)
    {
        var open = await Until.Holds(
            "one of two displays speaks",
            async () => (Left: await left.Page.EvaluateAsync<int>("open_.length"), Right: await right.Page.EvaluateAsync<int>("open_.length")),
            now => now.Left + now.Right > 0);
        Assert.Equal(1, open.Left + open.Right);
        return await (open.Left > 0 ? left : right).Page.EvaluateAsync<string>("said.at(-1)");
    }

    private async Task<string> CallAsync(Desk desk, string service) =>
        (await desk.CallAsync(await town.TakeTicketAsync(service))).Expect(200).Json["ticket"]!["number"]!.GetValue<string>();
}
