using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Licences;
using OneStop.Domain.Tests.Applications;

namespace OneStop.Domain.Tests.Licences;

/// <summary>Licences (证照, A15): their terms by the Civil Code (民法典, articles 201 to 203), renewal by article 50 of the Licensing Law.</summary>
public sealed class LicenceTests
{
    private static readonly ItemDefinition Permit = Items.ShopLicence with
    {
        Code = "food-permit",
        Steps = [],
        Licence = new LicenceStandard { Name = new LocalizedText("食品经营许可证", "Food permit"), ValidMonths = 24, InspectionMonths = 12 },
    };

    [Fact]
    public void AGrantMakesALicenceWhoseTermsEndAtTheEndOfTheDayOfTheSameNumber()
    {
        var licence = Issued("2024-02-29 10:00");

        Assert.Equal("LA1", licence.Number);
        // 2025 and 2026 have no 29 February: the term ends with the month.
        Assert.Equal((Times.EndOf("2026-02-28"), Times.EndOf("2025-02-28")), (licence.ValidUntil, licence.InspectionDueAt));
        Assert.Equal(LicenceStanding.Valid, licence.Standing);
    }

    [Fact]
    public void ADenialAndAnItemWithoutALicenceMakeNone()
    {
        var denied = CaseFile.Accepted(Permit, "2026-03-02 10:00").Do(new DecideApplication(ApplicationOutcome.Denied, "r"), "2026-03-03 10:00", Items.Head);
        var plain = CaseFile.Accepted(Permit with { Licence = null }, "2026-03-02 10:00").Do(new DecideApplication(ApplicationOutcome.Granted, null), "2026-03-03 10:00", Items.Head);

        Assert.All([denied, plain], file => Assert.Null(LicenceRules.Issued(file.State, [.. file.Events])));
        Assert.All([denied, plain], file => Assert.Null(file.State.Licence));
    }

    [Fact]
    public void ALateWakeUpRecordsEverythingInTheOrderInWhichItFellDue()
    {
        var licence = Issued("2026-03-02 10:00");

        var late = LicenceRules.WakeUp(licence, Times.At("2028-06-01")).OrThrow();

        Assert.Equal(
            ["Reminded Inspection 2027-03-03", "InspectionMissed 2027-03-03", "Reminded Validity 2028-03-03", "Expired 2028-03-03"],
            late.Select(Told));
        Assert.Equal(LicenceStanding.Expired, late.Aggregate(licence, (state, e) => state.Evolve(e)).Standing);
        Assert.Empty(LicenceRules.WakeUp(licence, Times.At("2026-12-01")).OrThrow());
    }

    [Fact]
    public void WakeUpsAtTheirInstantsGiveWhatALateOneGives()
    {
        var licence = Issued("2026-03-02 10:00");
        var told = new List<string>();

        while (LicenceRules.NextWakeUp(licence) is { } due)
        {
            Assert.True(told.Count < 10, "Wake-ups do not come to an end.");
            foreach (var happened in LicenceRules.WakeUp(licence, due).OrThrow())
            {
                told.Add(Told(happened));
                licence = licence.Evolve(happened);
            }
        }

        Assert.Equal(LicenceRules.WakeUp(Issued("2026-03-02 10:00"), Times.At("2030-01-01")).OrThrow().Select(Told), told);
    }

    [Theory]
    [InlineData("2027-02-01", "2028-03-02")]
    [InlineData("2027-06-01", "2028-03-02")]
    [InlineData("2028-02-01", "2028-03-02")]
    public void AnInspectionKeepsItsDayWheneverItIsDone(string at, string next)
    {
        var licence = Do(Issued("2026-03-02 10:00"), new InspectLicence(true, null), at, Items.Handler);

        Assert.Equal((Times.EndOf(next), LicenceStanding.Valid), (licence.InspectionDueAt, licence.Standing));
    }

    [Fact]
    public void AnInspectionThatDidNotPassSaysWhyAndLeavesTheDayAsItWas()
    {
        var licence = Issued("2026-03-02 10:00");

        Assert.Equal("validation", Refusal(licence, new InspectLicence(false, null), "2027-02-01", Items.Handler));
        var failed = Do(licence, new InspectLicence(false, "r"), "2027-02-01", Items.Handler);

        Assert.Equal(Times.EndOf("2027-03-02"), failed.InspectionDueAt);
        Assert.Equal(LicenceStanding.InspectionOverdue, Do(failed, new InspectLicence(false, "r"), "2027-04-01", Items.Handler).Standing);
    }

    [Fact]
    public void ALicenceIsRenewedBeforeItsTimeIsOverAndForAsLongAgain()
    {
        var licence = Issued("2026-03-02 10:00");

        Assert.Equal("too-early", Refusal(licence, new RenewLicence(), "2027-12-01", Items.Head));
        Assert.Equal("not-allowed", Refusal(licence, new RenewLicence(), "2028-02-01", Items.Handler));
        var renewed = Do(licence, new RenewLicence(), "2028-02-01", Items.Head);

        Assert.Equal(Times.EndOf("2030-03-02"), renewed.ValidUntil);
        Assert.Equal("too-early", Refusal(renewed, new RenewLicence(), "2028-02-02", Items.Head));
        Assert.Equal("licence-expired", Refusal(licence, new RenewLicence(), "2028-03-04", Items.Head));
        Assert.Equal("wrong-state", Refusal(licence with { ValidUntil = null }, new RenewLicence(), "2028-02-01", Items.Head));
    }

    [Fact]
    public void ARevokedLicenceGivesItsReasonsAndHasNoClockAnyMore()
    {
        var licence = Issued("2026-03-02 10:00");

        Assert.Equal("validation", Refusal(licence, new RevokeLicence(" ", null), "2026-05-01", Items.Head));
        var revoked = Do(licence, new RevokeLicence("第六十九条", "r"), "2026-05-01", Items.Head);

        Assert.Equal(LicenceStanding.Revoked, revoked.Standing);
        Assert.Null(LicenceRules.NextWakeUp(revoked));
        Assert.Equal("licence-revoked", Refusal(revoked, new InspectLicence(true, null), "2026-05-02", Items.Handler));
        Assert.Equal("not-allowed", Refusal(licence, new RevokeLicence("a", "r"), "2026-05-01", new Actor("head.tax", "tax", [Role.Head])));
        Assert.Equal("unknown-licence", Refusal(LicenceState.Initial, new RenewLicence(), "2026-05-01", Items.Head));
    }

    [Fact]
    public void FaultsOfAStandardAreNamedAtTheirPlace()
    {
        var item = Permit with { Licence = new LicenceStandard { Name = new LocalizedText("证", ""), ValidMonths = 0, InspectionMonths = 1_201, NoticeDays = -1 } };

        Assert.Equal(
            ["/licence/inspectionMonths", "/licence/name/en", "/licence/noticeDays", "/licence/validMonths"], item.Validate().Select(f => f.Pointer).Order());
    }

    private static LicenceState Issued(string at)
    {
        var file = CaseFile.Accepted(Permit, at).Do(new DecideApplication(ApplicationOutcome.Granted, null), at, Items.Head);
        Assert.Equal("LA1", file.State.Licence);
        return LicenceState.Initial.Evolve(LicenceRules.Issued(file.State, [.. file.Events])!);
    }

    private static LicenceState Do(LicenceState licence, LicenceCommand command, string at, Actor actor) =>
        LicenceRules.Decide(licence, command, actor, Times.China, Times.At(at)).OrThrow().Aggregate(licence, (state, e) => state.Evolve(e));

    private static string Refusal(LicenceState licence, LicenceCommand command, string at, Actor actor) =>
        Assert.IsType<OneStopException>(LicenceRules.Decide(licence, command, actor, Times.China, Times.At(at)).Refusal).Code;

    private static string Told(LicenceEvent happened) => happened switch
    {
        LicenceReminded e => $"Reminded {e.Term} {Day(e.EndsAt)}",
        LicenceInspectionMissed e => $"InspectionMissed {Day(e.DueAt)}",
        LicenceExpired e => $"Expired {Day(e.ExpiredAt)}",
        _ => happened.GetType().Name,
    };

    private static string Day(DateTimeOffset instant) => instant.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
