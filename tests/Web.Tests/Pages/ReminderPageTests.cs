using System.Globalization;
using Microsoft.Playwright;
using OneStop.Tests;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Pages;

/// <summary>The booking page of a town that reaches telephones says when it reminds.</summary>
public sealed class ReminderPageTests(ReminderPageTests.ReachingTown town, Chromium chromium) : IClassFixture<ReminderPageTests.ReachingTown>
{
    [Theory]
    [InlineData("zh-CN", "电话（选填）", @"^将于(\d+)月(\d+)日\S* \d\d:\d\d 发送短信提醒。$")]
    [InlineData("en", "Telephone (optional)", @"^You will be reminded by text message on .+ at \d\d:\d\d\.$")]
    public async Task WhoLeavesANumberIsToldWhenAReminderComesAndNobodyElse(string language, string phone, string said)
    {
        await using var visitor = await chromium.VisitAsync(town.Address, language);
        await visitor.OpenAsync("/book/shilong");
        var days = visitor.Page.Locator("select").Nth(1);
        // In three days: a reminder a day before is still to come.
        await days.SelectOptionAsync(new SelectOptionValue { Index = 3 });
        var slots = visitor.Page.GetByRole(AriaRole.Radio);
        await slots.First.CheckAsync();
        var reminder = visitor.Page.GetByRole(AriaRole.Status).Last;
        Assert.Equal("", await reminder.InnerTextAsync());

        await visitor.Page.GetByLabel(phone).FillAsync("13800000000");

        var day = DateOnly.Parse((await days.InputValueAsync())!, CultureInfo.InvariantCulture).AddDays(-1);
        await Assertions.Expect(reminder).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(said));
        Assert.Contains(day.Day.ToString(CultureInfo.InvariantCulture), await reminder.InnerTextAsync(), StringComparison.Ordinal);
        foreach (var width in new[] { 360, 1920, 3840 })
        {
            await visitor.Page.SetViewportSizeAsync(width, width == 360 ? 780 : width * 9 / 16);
            Assert.True(await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
            if (Environment.GetEnvironmentVariable("ONESTOP_SCREENSHOTS") is not { Length: > 0 } folder) continue;
            var name = string.Create(CultureInfo.InvariantCulture, $"booking-reminder-{width}-{language}.png");
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
        }

        await visitor.Page.GetByLabel(phone).FillAsync("");
        await Assertions.Expect(reminder).ToHaveTextAsync("");
        visitor.AssertNoComplaints();
    }

    /// <summary>A town with a gateway for text messages.</summary>
    public sealed class ReachingTown : TownFixture
    {
        private readonly SmsReceiver sms = new();

        protected override string[] MoreArguments => ["--sms", sms.Address];

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await sms.DisposeAsync();
        }
    }
}
