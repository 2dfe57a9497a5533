using System.Globalization;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Displays;

namespace OneStop.Domain.Tests.Halls;

/// <summary>A display shows a code, an administrator confirms it, and from then on its secret is known.</summary>
public class DisplayTests
{
    private static readonly DateTimeOffset Now = Times.At("2026-03-02 10:00");

    private static readonly HallDefinition Hall = Tickets.Hall with
    {
        Zones = [new ZoneDefinition("east", new("东区", "East"), []), new ZoneDefinition("west", new("西区", "West"), [])],
    };

    private static readonly DisplayRegister OneWaiting = After(DisplayRegister.Empty, Ask(DisplayRegister.Empty, 1));
    private static readonly DisplayRegister OnePaired = After(OneWaiting, DisplayRules.Confirm(OneWaiting, Code(1), "Lobby", "admin", Now));

    [Fact]
    public void ADisplayIsPairedOnceItsCodeIsConfirmed()
    {
        Assert.False(DisplayRules.Recognise(OneWaiting, Key(1), Now).IsPaired);
        Assert.Equal(new DisplayStanding(true, "Lobby", null), DisplayRules.Recognise(OnePaired, Key(1), Now.AddYears(20)));
        var display = OnePaired.Paired.Values.Single();
        Assert.Equal(("d1", "Lobby", "admin", Now), (display.Id, display.Name, display.PairedBy, display.PairedAt));
    }

    [Fact]
    public void ACodeIsConfirmedOnce() =>
        Assert.Equal("unknown-code", DisplayRules.Confirm(OnePaired, Code(1), "Again", "admin", Now).CodeOf());

    [Fact]
    public void ACodeIsValidForTenMinutesAndAfterThatToldFromAWrongOneForTenMore()
    {
        var expires = Now.AddMinutes(10);
        Assert.Null(Confirm(OneWaiting, Code(1), expires.AddTicks(-1)));
        Assert.Equal("code-expired", Confirm(OneWaiting, Code(1), expires));

        var later = After(OneWaiting, Ask(OneWaiting, 2, now: expires.AddMinutes(10).AddTicks(-1)));
        Assert.Equal("code-expired", Confirm(later, Code(1), expires));
        var latest = After(OneWaiting, Ask(OneWaiting, 2, now: expires.AddMinutes(10)));
        Assert.Equal("unknown-code", Confirm(latest, Code(1), expires));
    }

    [Fact]
    public void AnExpiredCodeIsToldToItsDisplayButToNobodyElse()
    {
        var expires = Now.AddMinutes(10);
        Assert.Equal("code-expired", Assert.Throws<OneStopException>(() => DisplayRules.Recognise(OneWaiting, Key(1), expires)).Code);
        Assert.Equal("unknown-display", Assert.Throws<OneStopException>(() => DisplayRules.Recognise(OneWaiting, Key(1) with { SecretHash = "x" }, expires)).Code);
    }

    [Fact]
    public void ADisplayThatAsksAgainGetsItsCodeAgainWhileItIsValidAndThenANewOne()
    {
        Assert.Empty(Ask(OneWaiting, 1, code: Code(2), now: Now.AddMinutes(9)).OrThrow());
        var again = After(OneWaiting, Ask(OneWaiting, 1, code: Code(2), now: Now.AddMinutes(10)));
        Assert.Equal(Code(2), again.Waiting.Single().Code);
    }

    [Fact]
    public void TenCodesWaitInAHallAndTheNextOneWhenTheFirstHasExpired()
    {
        var full = OneWaiting;
        for (var i = 2; i <= 10; i++) full = After(full, Ask(full, i, now: Now.AddMinutes(1)));

        var refusal = Ask(full, 11, now: Now.AddMinutes(4)).Refusal!;

        Assert.Equal(("too-many-requests", TimeSpan.FromMinutes(6)), (refusal.Code, refusal.RetryAfter));
        Assert.Single(Ask(full, 11, now: Now.AddMinutes(10)).OrThrow());
    }

    [Fact]
    public void NoTwoDisplaysShowTheSameCode() =>
        Assert.Equal("code-in-use", Ask(OneWaiting, 2, code: Code(1)).CodeOf());

    [Fact]
    public void APairedDisplayIsNotPairedTwice() =>
        Assert.Equal("already-paired", Ask(OnePaired, 1).CodeOf());

    [Fact]
    public void ADisplayStandsInAZoneOfTheHall()
    {
        Assert.Null(Ask(DisplayRegister.Empty, 1, zone: "east").CodeOf());
        Assert.Equal("unknown-zone", Ask(DisplayRegister.Empty, 1, zone: "attic").CodeOf());
    }

    [Theory]
    [InlineData("", "/name required")]
    [InlineData(" \t ", "/name required")]
    [InlineData("123456789012345678901234567890123456789012345678901", "/name out-of-range")]
    public void ADisplayHasANameOfAtMostFiftyCharacters(string name, string fault)
    {
        var refusal = DisplayRules.Confirm(OneWaiting, Code(1), name, "admin", Now).Refusal!;
        Assert.Equal(("validation", fault), (refusal.Code, refusal.Faults.Select(f => $"{f.Pointer} {f.Code}").Single()));
    }

    [Fact]
    public void ADisplayHasANameOfItsOwn()
    {
        var two = After(OnePaired, Ask(OnePaired, 2));
        Assert.Equal("name-in-use", DisplayRules.Confirm(two, Code(2), " Lobby ", "admin", Now).CodeOf());
        Assert.Null(DisplayRules.Confirm(two, Code(2), "Lobby 2", "admin", Now).CodeOf());
    }

    [Fact]
    public void AHallHasAtMostAHundredDisplays()
    {
        var register = DisplayRegister.Empty;
        for (var i = 1; i <= 100; i++)
        {
            register = After(register, Ask(register, i));
            register = After(register, DisplayRules.Confirm(register, Code(i), "Display " + i.ToString(CultureInfo.InvariantCulture), "admin", Now));
        }

        var full = After(register, Ask(register, 101));
        Assert.Equal("too-many-displays", Confirm(full, Code(101), Now));
        Assert.Null(Confirm(After(full, DisplayRules.Unpair(full, "d7", "admin", Now)), Code(101), Now));
    }

    [Fact]
    public void OnlyTheKeyOfAPairedDisplayOpensTheVoice()
    {
        Assert.Null(Paired(OnePaired).SpeakingRefusal(Key(1), "east"));
        Assert.Equal("not-paired", Paired(OneWaiting).SpeakingRefusal(Key(1), "east")!.Code);
        Assert.Equal("not-paired", Paired(OnePaired).SpeakingRefusal(Key(1) with { SecretHash = "" }, "east")!.Code);
        Assert.Equal("not-paired", Paired(OnePaired).SpeakingRefusal(Key(1) with { DisplayId = "d2" }, "east")!.Code);
    }

    [Fact]
    public void ADisplayThatWasPairedForAZoneSpeaksInThatOneOnly()
    {
        var asked = After(DisplayRegister.Empty, Ask(DisplayRegister.Empty, 1, zone: "east"));
        var paired = Paired(After(asked, DisplayRules.Confirm(asked, Code(1), "Lobby", "admin", Now)));
        Assert.Null(paired.SpeakingRefusal(Key(1), "east"));
        Assert.Equal("wrong-zone", paired.SpeakingRefusal(Key(1), "west")!.Code);
    }

    [Fact]
    public void AnUnpairedDisplayIsNotKnownAnyMoreAndMayBePairedAnew()
    {
        var unpaired = After(OnePaired, DisplayRules.Unpair(OnePaired, "d1", "admin", Now));
        Assert.Equal("not-paired", Paired(unpaired).SpeakingRefusal(Key(1), "east")!.Code);
        Assert.Equal("unknown-display", Assert.Throws<OneStopException>(() => DisplayRules.Recognise(unpaired, Key(1), Now)).Code);
        Assert.Equal("unknown-display", DisplayRules.Unpair(unpaired, "d1", "admin", Now).CodeOf());
        Assert.Null(Ask(unpaired, 1).CodeOf());
    }

    [Theory]
    [InlineData("7KM4QX", "7KM4QX")]
    [InlineData("7km 4qx", "7KM4QX")]
    [InlineData(" 7KM-4QX ", "7KM4QX")]
    [InlineData("oilOIL", "011011")]
    [InlineData("7KM4Q", null)]
    [InlineData("7KM4QXX", null)]
    [InlineData("7KM4QU", null)]
    [InlineData("７KM4QX", null)]
    [InlineData("", null)]
    public void ACodeIsReadAsItWasMeant(string typed, string? read) => Assert.Equal(read, PairingCode.Read(typed));

    private static Decision<DisplayEvent> Ask(DisplayRegister register, int number, string? zone = null, string? code = null, DateTimeOffset? now = null) =>
        DisplayRules.Ask(register, Hall, new AskPairing(Key(number).DisplayId, Key(number).SecretHash, code ?? Code(number), zone), "public", now ?? Now);

    private static string? Confirm(DisplayRegister register, string code, DateTimeOffset now) =>
        DisplayRules.Confirm(register, code, "Another", "admin", now).CodeOf();

    private static DisplayKey Key(int number) => new(string.Create(CultureInfo.InvariantCulture, $"d{number}"), string.Create(CultureInfo.InvariantCulture, $"hash of {number}"));

    private static string Code(int number) => number.ToString("D6", CultureInfo.InvariantCulture);

    private static PairedDisplays Paired(DisplayRegister register) => new(1, [.. register.Paired.Values]);

    private static DisplayRegister After(DisplayRegister register, Decision<DisplayEvent> decision) =>
        decision.OrThrow().Aggregate(register, (state, e) => state.Evolve(e));
}
