using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Licences;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Licences;
using OneStop.Grains.Tests.Applications;

namespace OneStop.Grains.Tests.Licences;

/// <summary>A licence begins with the decision on its case, once and whatever dies.</summary>
public sealed class LicenceGrainTests
{
    private static readonly Actor Head = CaseTown.Head("market");

    [Fact]
    public async Task AGrantThatIsSentTwiceMakesOneLicenceWhichOutlivesTheProcess()
    {
        using var file = new TownFile();
        LicenceView before;
        await using (var town = await TestTown.StartAsync(file.Database))
        {
            var received = await town.AcceptedAsync("N1", TownDefinitions.FoodPermit);
            var command = Command.Keyed("head.market", "grant-1");
            await received.DoAsync(command, Head, new DecideApplication(ApplicationOutcome.Granted, null));
            await received.DoAsync(command, Head, new DecideApplication(ApplicationOutcome.Granted, null));
            before = await town.Grains.GetGrain<ILicenceGrain>("LN1").View();
            Assert.Equal(1, (await town.Journal.ReadAsync("licence/LN1")).Head);
            Assert.Equal("application.licence-granted.v1", (await received.Timeline(CaseTown.Clerk))[^1].Type);
        }

        await using var again = await TestTown.StartAsync(file.Database);
        Assert.Equal(before, await again.Grains.GetGrain<ILicenceGrain>("LN1").View());
        Assert.Equal(
            [before], await again.Grains.GetGrain<ILicenceRegisterGrain>(ILicenceRegisterGrain.Key).Licences(new LicenceQuestion("market", null, LicenceStanding.Valid, null, null, 10)));
    }

    [Fact]
    public async Task WhatIsSaidOfALicenceIsReadFromItsTimelineAndAnUnknownOneIsRefused()
    {
        await using var town = await TestTown.StartAsync();
        await (await town.AcceptedAsync("N1", TownDefinitions.FoodPermit)).DoAsync(Head, new DecideApplication(ApplicationOutcome.Granted, null));
        var licence = town.Grains.GetGrain<ILicenceGrain>("LN1");

        var revoked = await licence.Execute(Command.By("head.market"), Head, new RevokeLicence("第六十九条", "why"), [new CaseText("why", "提供虚假材料")]);

        Assert.Equal(LicenceStanding.Revoked, revoked.State);
        var last = (await licence.Timeline())[^1];
        Assert.Contains("提供虚假材料", System.Text.RegularExpressions.Regex.Unescape(last.Data), StringComparison.Ordinal);
        Assert.Equal("unknown-licence", (await Assert.ThrowsAsync<OneStopException>(() => town.Grains.GetGrain<ILicenceGrain>("LN2").View())).Code);
    }
}
