using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>What a plan will need, asked over HTTP before applying (A16).</summary>
[Collection(nameof(SharedTown))]
public sealed class PreNoticeTests(MortalTown town)
{
    [Fact]
    public async Task AnybodyLearnsWhatAPlanWillNeedInWhichOrder()
    {
        var notice = (await town.Public.PostAsync("/api/pre-notices", new { items = new object[] { new { item = "shop-licence" }, new { item = "road-occupation" } } })).Expect(200);

        var approvals = notice.Json["approvals"]!.AsArray();
        Assert.Equal(["planned", "planned", "afterwards"], approvals.Select(a => a!["need"]!.GetValue<string>()));
        Assert.Equal("restaurant-opening", approvals[2]!["item"]!.GetValue<string>());
        Assert.Equal(approvals.Max(a => a!["decidedBy"]!.GetValue<DateTimeOffset>()), notice.Json["dueAt"]!.GetValue<DateTimeOffset>());
        Assert.Contains(notice.Json["materials"]!.AsArray(), m => m!["name"]!["en"]!.GetValue<string>() == "Proof of premises");
        Assert.NotEmpty(notice.Json["departments"]!.AsArray());
    }

    [Fact]
    public async Task TheAnswersOfTheFormSayWhichStepsWillCome()
    {
        async Task<string[]> StepsAsync(object form) =>
            [.. (await town.Public.PostAsync("/api/pre-notices", new { items = new[] { new { item = "temporary-relief", form } } })).Expect(200)
                .Json["approvals"]![0]!["steps"]!.AsArray().Select(s => s!["id"]!.GetValue<string>())];

        Assert.NotEqual(await StepsAsync(new { amount = 500 }), await StepsAsync(new { amount = 1_000_000 }));
    }

    [Fact]
    public async Task APlanThatCannotBeReadIsRefused()
    {
        (await town.Public.PostAsync("/api/pre-notices", new { items = Array.Empty<object>() })).ExpectProblem(400, "validation");
        (await town.Public.PostAsync("/api/pre-notices", new { })).ExpectProblem(400, "validation");
        (await town.Public.PostAsync("/api/pre-notices", new { items = new[] { new { item = "none" } } })).ExpectProblem(404, "unknown-item");
        (await town.Public.PostAsync("/api/pre-notices", new { items = new[] { new { item = "enquiry" }, new { item = "enquiry" } } })).ExpectProblem(400, "validation");
        (await town.Public.PostAsync("/api/pre-notices", new { items = new[] { new { item = "enquiry", colour = "red" } } })).ExpectProblem(400, "unknown-field");
    }
}
