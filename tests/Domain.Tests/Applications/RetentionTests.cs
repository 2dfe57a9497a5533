using FsCheck;
using FsCheck.Fluent;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Tests.Applications;

/// <summary>A17: retention, archiving (归档), correction and erasure of personal data.</summary>
public class RetentionTests
{
    private static readonly RetentionRule Rule = new()
    {
        Code = "default", Version = 3, ArchiveAfter = new(1, RetentionUnit.Years), Keep = new(10, RetentionUnit.Years), Erase = true,
    };

    private static readonly ItemDefinition Item = Items.MarriageRecord with { Retention = Rule };

    [Fact]
    public void AFinishedCaseIsArchivedAndErasedAtTheEndsOfItsPeriods()
    {
        var file = Ended(Item);
        Assert.Equal(Times.EndOf("2027-03-03"), file.NextWakeUp);
        file.RunUntil("2040-01-01");

        var archived = Assert.Single(file.Events.OfType<ApplicationArchived>());
        Assert.Equal((Times.EndOf("2027-03-03"), Times.EndOf("2027-03-03"), "default", 3), (archived.At, archived.DueAt, archived.RuleCode, archived.RuleVersion));
        var erased = Assert.Single(file.Events.OfType<PersonalDataErased>());
        Assert.Equal((Times.EndOf("2036-03-03"), ErasureCause.Retention, "system"), (erased.At, erased.Cause, erased.Actor));
        Assert.Equal((ApplicationStatus.Delivered, (DateTimeOffset?)null), (file.State.Status, file.NextWakeUp));
    }

    [Theory]
    [InlineData(0, RetentionUnit.Years, "2026-03-03 11:00")]
    [InlineData(1, RetentionUnit.Months, "2026-04-04 00:00")]
    [InlineData(20, RetentionUnit.Days, "2026-03-24 00:00")]
    [InlineData(5, RetentionUnit.WorkingDays, "2026-03-11 00:00")]
    public void APeriodEndsWithItsLastDay(int length, RetentionUnit unit, string end) =>
        Assert.Equal(Times.At(end), Ended(Item with { Retention = Rule with { ArchiveAfter = new(length, unit) } }).NextWakeUp);

    [Fact]
    public void APeriodFromALeapDayEndsOnTheLastOfAShorterMonth() =>
        Assert.Equal(Times.EndOf("2025-02-28"), new RetentionPeriod(1, RetentionUnit.Years).EndFrom(Times.At("2024-02-29 10:00"), Times.China));

    [Fact]
    public void ACaseWithoutARuleIsKeptAsItIs() => Assert.Null(Ended(Items.MarriageRecord).NextWakeUp);

    [Fact]
    public void ACaseIsNotArchivedWhileACardOfItCanStillBeExplained()
    {
        var late = CaseFile.Accepted(Item with { Retention = Rule with { ArchiveAfter = new(0, RetentionUnit.Days) } }, "2026-03-02 10:00")
            .RunUntil("2026-03-10 10:00")
            .Do(new DecideApplication(ApplicationOutcome.Granted, null), "2026-03-10 10:00", Items.Of("civil"))
            .Do(new DeliverApplication(), "2026-03-10 10:00", Items.Clerk);
        Assert.NotEmpty(late.State.Cards);
        Assert.Null(late.State.ArchivedAt);

        late.RunUntil("2026-04-10");

        var lapsed = late.Events.FindIndex(e => e is ExplanationLapsed);
        Assert.True(lapsed >= 0 && lapsed < late.Events.FindIndex(e => e is ApplicationArchived));
    }

    [Fact]
    public void NothingOfAnArchivedCaseIsChanged()
    {
        var file = Ended(Item).RunUntil("2027-06-01");
        ApplicationCommand[] commands =
        [
            new AcceptApplication(), new WithdrawApplication(), new DeliverApplication(), new DecideApplication(ApplicationOutcome.Denied, "r"),
            new RecordSuspension(SpecialProcedure.Hearing, 1, Times.At("2026-03-02 11:00"), Times.At("2026-03-02 12:00")), new SuperviseApplication(null, null),
            new DemandFee(1), new ReplanApplication(), new ReportEnd(Times.At("2026-03-03 11:00")),
        ];
        Assert.All(commands, command => Assert.Equal("archived", file.Refusal(command, "2027-06-01 10:00", Items.Admin)));
    }

    [Fact]
    public void ACommandThatComesBeforeALateWakeUpFindsTheCaseArchived()
    {
        var file = Ended(Item);
        Assert.Equal("archived", file.Refusal(new DeliverApplication(), "2027-03-05 10:00", Items.Clerk));
        Assert.NotEqual("archived", file.Refusal(new DeliverApplication(), "2027-03-03 10:00", Items.Clerk));
        file.Do(Phone, "2027-03-05 10:00", Items.Clerk);
        Assert.Equal([typeof(ApplicationArchived), typeof(PersonalDataCorrected)], file.Events.TakeLast(2).Select(e => e.GetType()));
    }

    [Fact]
    public void PersonalDataIsCorrectedByStaffAndThePhoneByTheApplicant()
    {
        var file = Ended(Item);
        file.Do(new CorrectPersonalData([PersonalDatum.Phone, PersonalDatum.Name, PersonalDatum.Name]), "2026-03-04 10:00", Items.Clerk).Do(Phone, "2026-03-04 11:00", Actor.Public);

        Assert.Equal(
            [("clerk1", "Name Phone"), ("public", "Phone")],
            file.Events.OfType<PersonalDataCorrected>().Select(e => (e.Actor, string.Join(' ', e.Data))));
        Assert.Equal("not-allowed", file.Refusal(new CorrectPersonalData([PersonalDatum.Name]), "2026-03-05", Actor.Public));
        Assert.Equal("not-allowed", file.Refusal(new CorrectPersonalData([PersonalDatum.IdNumber], "R2"), "2026-03-05", Actor.Public));
        Assert.Equal("not-allowed", file.Refusal(Phone, "2026-03-05", Items.Handler));
        Assert.Equal("not-allowed", file.Refusal(Phone, "2026-03-05", Items.Officer));
        Assert.Equal("validation", file.Refusal(new CorrectPersonalData([]), "2026-03-05", Items.Clerk));
    }

    [Fact]
    public void ACorrectedIdentityNumberMovesTheCaseToItsRegistrationAndLeavesItsDocumentsWhereTheyAre()
    {
        var file = Ended(Item).Do(new CorrectPersonalData([PersonalDatum.IdNumber], "R2"), "2026-03-04", Items.Clerk)
            .Do(new CorrectPersonalData([PersonalDatum.IdNumber], "R3"), "2026-03-05", Items.Clerk)
            .Do(new CorrectPersonalData([PersonalDatum.IdNumber], "R3"), "2026-03-06", Items.Clerk);
        Assert.Equal(("R3", "R1"), (file.State.Registration, file.State.DocumentSubject));
        Assert.Equal(["R2", "R3", null], file.Events.OfType<PersonalDataCorrected>().Select(e => e.Registration));
    }

    [Fact]
    public void ACaseThatAnOutsideSystemRunsHasNoPersonalDataToCorrect()
    {
        var file = new CaseFile().Do(
            new ReportStart("C1", ItemDefinition.Reported("log", "civil", new WorkingDays(5), "cn"), Times.At("2026-03-02")), "2026-03-02", Actor.System);
        Assert.Equal("no-personal-data", file.Refusal(Phone, "2026-03-03", Items.Clerk));
    }

    [Fact]
    public void PersonalDataIsErasedOnRequestOnceItsTimeIsOver()
    {
        var onRequest = Item with { Retention = Rule with { Erase = false } };
        var file = Ended(onRequest);
        Assert.Equal("not-allowed", file.Refusal(Erase, "2036-03-05", Items.Clerk));
        Assert.Equal("not-allowed", file.Refusal(Erase, "2036-03-05", Items.Head));
        Assert.Equal("validation", file.Refusal(new ErasePersonalData(" "), "2036-03-05", Items.Admin));
        Assert.Equal("retention-not-passed", file.Refusal(Erase, "2036-03-03 23:59", Items.Admin));
        Assert.Equal("case-running", CaseFile.Accepted(onRequest, "2026-03-02 10:00").Refusal(Erase, "2026-03-02 11:00", Items.Admin));
        Assert.Equal("retention-not-passed", Ended(Item with { Retention = Rule with { Keep = null, Erase = false } }).Refusal(Erase, "2126-03-05", Items.Admin));

        file.Do(Erase, "2036-03-04 00:00", new Actor("head.civil", "civil", [Role.Head]));

        Assert.Equal([typeof(ApplicationArchived), typeof(PersonalDataErased)], file.Events.TakeLast(2).Select(e => e.GetType()));
        Assert.Equal(("head.civil", ErasureCause.Request, "reason"), file.Events.OfType<PersonalDataErased>().Select(e => (e.Actor, e.Cause, e.ReasonReference)).Single());
        Assert.Null(file.State.DocumentReference);
        Assert.Equal("personal-data-erased", file.Refusal(Erase, "2036-03-05", Items.Admin));
        Assert.Equal("personal-data-erased", file.Refusal(Phone, "2036-03-05", Items.Clerk));
    }

    [Fact]
    public void ACaseReceivedBeforeItsItemHadARuleIsErasedByTheOneInForce()
    {
        var file = Ended(Items.MarriageRecord);
        Assert.Equal("no-retention-rule", file.Refusal(Erase, "2036-03-05", Items.Admin));
        Assert.Equal("retention-not-passed", file.Refusal(Erase with { InForce = Rule }, "2030-03-05", Items.Admin));
        file.Do(Erase with { InForce = Rule }, "2036-03-05", Items.Admin);
        Assert.NotNull(file.State.PersonalDataErasedAt);
        Assert.Equal("default", file.State.ArchivedBy);
    }

    // Whatever is asked when, by whom: what is archived stays archived, what is erased stays erased, and erasing comes after archiving.
    [Fact]
    public void ArchivingAndErasingInAnyOrderEndsTheSameWay() => Prop.ForAll(
        Gen.Choose(0, 5_000).Zip(Gen.Choose(0, 4)).ListOf().ToArbitrary(),
        asked =>
        {
            var file = Ended(Item);
            foreach (var (day, what) in asked.OrderBy(a => a.Item1))
            {
                var at = Times.At("2026-03-04").AddDays(day);
                ApplicationCommand command = what switch
                {
                    0 => new WakeUp(at),
                    1 => Erase,
                    2 => Phone,
                    3 => new DeliverApplication(),
                    _ => new ReplanApplication(),
                };
                file.TryDo(command, at, what is 2 or 3 ? Items.Clerk : Items.Admin);
            }

            file.RunUntil("2050-01-01");
            var archived = file.Events.FindIndex(e => e is ApplicationArchived);
            var erased = file.Events.FindIndex(e => e is PersonalDataErased);
            return archived >= 0 && archived < erased
                && file.Events.Count(e => e is ApplicationArchived or PersonalDataErased) == 2
                && file.Events.Skip(erased + 1).All(e => e is not PersonalDataCorrected)
                && file.State.ClosedAt is { } closed && file.State.PersonalDataErasedAt >= Rule.Keep!.EndFrom(closed, Times.China);
        }).QuickCheckThrowOnFailure();

    private static CorrectPersonalData Phone { get; } = new([PersonalDatum.Phone]);

    private static ErasePersonalData Erase { get; } = new("reason");

    // Ends on Tuesday 2026-03-03 at 11:00.
    private static CaseFile Ended(ItemDefinition item) => new CaseFile()
        .Do(new ReceiveApplication("A1", "R1", item, Channel.Desk, [], "A1"), "2026-03-02 10:00", Actor.Public)
        .Do(new AcceptApplication(), "2026-03-02 10:00", Items.Clerk)
        .Do(new DecideApplication(ApplicationOutcome.Granted, null), "2026-03-02 11:00", Items.Of("civil"))
        .Do(new DeliverApplication(), "2026-03-03 11:00", Items.Clerk);
}
