using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Tests.Applications;

/// <summary>Who sees the personal data of a case and its files (PIPL).</summary>
public sealed class PersonalDataTests
{
    private const string Noon = "2026-03-02 12:00";

    private static readonly ItemDefinition Item = Items.Restaurant with { Materials = [new MaterialDefinition { Zh = "身份证", En = "Identity card" }] };

    [Fact]
    public void TheApplicantTheDesksTheDepartmentsInvolvedAndAdministratorsSeeIt()
    {
        var state = Received().State;
        Actor[] concerned =
        [
            Actor.Public, Items.Admin, Items.Clerk, new("clerk9", "tax", [Role.Clerk]), new("clerk8", null, [Role.Clerk]),
            Items.Handler, Items.Head, Items.Of("construction"), Items.Of("environment"),
        ];

        Assert.All(concerned, actor => Assert.Null(PersonalDataRules.MayRead(state, actor)));
    }

    [Fact]
    public void NobodyElseSeesIt()
    {
        var state = Received().State;
        Actor[] others = [Items.Officer, Items.Of("tax"), new("head.tax", "tax", [Role.Head]), new("officer.market", "market", [Role.Officer]), Actor.System];

        Assert.All(others, actor => Assert.Equal("not-allowed", PersonalDataRules.MayRead(state, actor)?.Code));
    }

    [Fact]
    public void FromThemTheNamesOfFilesAreHiddenAsTheApplicantsDataIs()
    {
        var file = Received().Do(new AttachMaterial("身份证", "image/png", 9, new string('a', 64), "files-A1", "name-1"), Noon, Actor.Public)
            .Do(new AttachMaterial("身份证", "image/png", 9, new string('b', 64), "files-A1", "name-2"), Noon, Items.Clerk);

        Assert.Equal(["data-1", "name-1", "name-2"], PersonalDataRules.Hidden(file.State, Items.Officer).Order(StringComparer.Ordinal));
        Assert.Empty(PersonalDataRules.Hidden(file.State, Items.Clerk));
        Assert.Empty(PersonalDataRules.Hidden(file.State, Items.Of("environment")));
    }

    private static CaseFile Received() => new CaseFile().Do(
        new ReceiveApplication("A1", "R1", Item, Channel.Desk, [], "data-1"), "2026-03-02 09:00", Actor.Public);
}
