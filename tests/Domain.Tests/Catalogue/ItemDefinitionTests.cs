using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;
using OneStop.Domain.Tests.Applications;

namespace OneStop.Domain.Tests.Catalogue;

public class ItemDefinitionTests
{
    [Fact]
    public void ASoundItemHasNoFaults() =>
        Assert.All(new[] { Items.ShopLicence, Items.Restaurant, Items.MarriageRecord }, item => Assert.Empty(item.Validate()));

    [Fact]
    public void APromiseLongerThanTheLawIsAFault()
    {
        Assert.Equal("longer-than-statutory", Code(Items.ShopLicence with { CommittedLimit = new WorkingDays(21) }));
        Assert.Equal("incomparable-limit", Code(Items.ShopLicence with { CommittedLimit = new CalendarTime(TimeSpan.FromDays(1)), Steps = [] }));
    }

    // A2: step limits on any path may not sum to more than the committed limit; the path is named.
    [Fact]
    public void StepsThatTakeLongerThanThePromiseOnAPathAreAFaultThatNamesThePath()
    {
        var item = Items.Restaurant with { CommittedLimit = new WorkingDays(14) };
        var fault = Assert.Single(item.Validate());
        Assert.Equal("path-too-long", fault.Code);
        Assert.Contains("fire → approval", fault.Message, StringComparison.Ordinal);
        Assert.Empty((item with { CommittedLimit = new WorkingDays(15) }).Validate());
    }

    [Fact]
    public void AllFaultsComeAtOnce()
    {
        var item = Items.ShopLicence with
        {
            Code = "",
            Version = 0,
            StatutoryLimit = new WorkingDays(0),
            CommittedLimit = null,
            ExtensionWorkingDays = 11,
            Steps = [Items.ShopLicence.Steps[0] with { Limit = null }, Items.ShopLicence.Steps[0] with { Limit = null, Stage = 0 }],
            TimeRule = new TimeRule("x", 1, [new(CardLevel.Red, ClockKind.Statutory, 0), new(CardLevel.Red, ClockKind.Statutory, 1)], []),
        };
        Assert.Equal(
            ["/code", "/version", "/statutoryLimit", "/extensionWorkingDays", "/steps/1/stage", "/steps/1/id", "/timeRule/cards/1"],
            item.Validate().Select(f => f.Pointer));
    }

    [Fact]
    public void TheDefaultRulesAreSound()
    {
        Assert.Empty(TimeRule.Default.Validate());
        Assert.Empty(TimeRule.Complaint.Validate());
    }

    private static string Code(ItemDefinition item) => Assert.Single(item.Validate()).Code;
}
