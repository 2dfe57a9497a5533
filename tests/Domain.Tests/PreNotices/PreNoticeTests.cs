using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.PreNotices;
using OneStop.Domain.Tests.Applications;

namespace OneStop.Domain.Tests.PreNotices;

/// <summary>What a plan will need (许可预告, A16); days as RULES.md counts them, 2026-02-13 before the Spring Festival.</summary>
public sealed class PreNoticeTests
{
    private static readonly MaterialDefinition Identity = new() { Zh = "身份证", En = "Identity card" };
    private static readonly ItemDefinition Licence = Items.ShopLicence with { Materials = [Identity], CommittedLimit = new WorkingDays(5), PostApprovals = ["restaurant-opening"] };
    private static readonly ItemDefinition Restaurant = Items.Restaurant with
    {
        Materials = [Identity with { Copies = 2 }, new MaterialDefinition { Zh = "平面图", En = "Floor plan", Required = false }],
        PreApprovals = ["fire-permit"],
    };

    private static readonly ItemDefinition Fire = Items.ShopLicence with { Code = "fire-permit", Department = "construction", Steps = [], CommittedLimit = new WorkingDays(10) };

    [Fact]
    public void AnApprovalBeginsWhenThoseBeforeItAreDecided()
    {
        var notice = Of("restaurant-opening");

        Assert.Equal(["fire-permit Before", "restaurant-opening Planned"], notice.Approvals.Select(a => $"{a.Item} {a.Need}"));
        // 10 working days after 2026-02-13 end with 03-05; 20 after 03-06, when it can be applied for, with 04-03.
        Assert.Equal([Times.EndOf("2026-03-05"), Times.EndOf("2026-04-03")], notice.Approvals.Select(a => a.DecidedBy));
        Assert.Equal(notice.Approvals[0].DecidedBy, notice.Approvals[1].ApplyAt);
        Assert.Equal(notice.Approvals[1].DecidedBy, notice.DueAt);
    }

    [Fact]
    public void WhatFollowsIsPartOfTheNoticeWithWhatItNeedsItself()
    {
        var notice = Of("shop-licence");

        Assert.Equal(["fire-permit Afterwards", "shop-licence Planned", "restaurant-opening Afterwards"], notice.Approvals.Select(a => $"{a.Item} {a.Need}"));
        Assert.Equal(["fire-permit", "shop-licence"], notice.Approvals[2].After);
        Assert.Equal(Times.EndOf("2026-02-27"), notice.Approvals[1].DecidedBy);
    }

    [Fact]
    public void MaterialsAndDepartmentsAreSaidOnce()
    {
        var notice = Of("shop-licence");

        Assert.Equal(["Identity card 3 True shop-licence,restaurant-opening", "Floor plan 1 False restaurant-opening"], notice.Materials.Select(m => $"{m.Name.En} {m.Copies} {m.Required} {string.Join(',', m.For)}"));
        Assert.Equal(["construction", "market", "environment"], notice.Departments);
        Assert.Equal(["market 1", "fire 1", "fumes 1", "approval 2"], notice.Approvals[2].Steps.Select(s => $"{s.Id} {s.Order}"));
    }

    [Fact]
    public void ItemsThatWaitForEachOtherAreRefused()
    {
        var circular = Fire with { PreApprovals = ["restaurant-opening"] };

        Assert.Equal("circular-approvals", Assert.Throws<OneStopException>(() => Of("restaurant-opening", circular)).Code);
    }

    [Fact]
    public void ADateThatRestsOnAnUnpublishedYearIsProvisionalForAllThatFollows()
    {
        var slow = Fire with { StatutoryLimit = new WorkingDays(300), CommittedLimit = null };

        var notice = Of("restaurant-opening", slow);

        Assert.All(notice.Approvals, approval => Assert.True(approval.Provisional));
        Assert.True(notice.Provisional);
        Assert.False(Of("restaurant-opening").Provisional);
    }

    private static PreNotice Of(string code, ItemDefinition? fire = null)
    {
        ItemDefinition[] items = [Licence, Restaurant, fire ?? Fire];
        return PreNoticeRules.Of(
            ImmutableDictionary<string, JsonElement>.Empty.Add(code, default), wanted => items.Single(item => item.Code == wanted), _ => Times.China, Times.At("2026-02-13 10:00"));
    }
}
