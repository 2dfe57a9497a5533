using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Displays;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Halls;

namespace OneStop.Grains.Tests.Halls;

/// <summary>Only paired displays have the hall's voice.</summary>
public sealed class DisplayTests
{
    private const string Zone = "hall";
    private const string Stream = "displays/" + TownDefinitions.Hall;

    [Fact]
    public async Task APairedDisplayGetsTheVoiceAndNobodyElse()
    {
        await using var town = await TestTown.StartAsync();
        var number = await CallAsync(town);
        var lobby = await town.PairAsync("lobby");

        var refusals = new[] { lobby with { SecretHash = "guessed" }, lobby with { DisplayId = "stranger" }, new DisplayKey("", "") }
            .Select(key => Command.RefusalAsync(() => town.Hall().Speak(Zone, key, "1")));
        Assert.All(await Task.WhenAll(refusals), code => Assert.Equal("not-paired", code));
        Assert.Equal("unknown-zone", await Command.RefusalAsync(() => town.Hall().Speak("attic", lobby, "1")));

        var call = await town.Hall().Speak(Zone, lobby, "1");

        Assert.Equal(number, call!.Number);
        Assert.Equal("not-paired", await Command.RefusalAsync(() => town.Hall().Heard(Zone, lobby with { SecretHash = "guessed" }, "1", call.Key, complete: true)));
    }

    [Fact]
    public async Task UnpairingTakesTheVoiceAwayAtOnceAndAnotherDisplaySaysTheCallAgain()
    {
        await using var town = await TestTown.StartAsync();
        await CallAsync(town);
        var (lobby, stairs) = (await town.PairAsync("lobby"), await town.PairAsync("stairs"));
        var call = await town.Hall().Speak(Zone, lobby, "1");
        Assert.Null(await town.Hall().Speak(Zone, stairs, "2"));

        await town.Displays().Unpair(Command.By("admin"), lobby.DisplayId);

        Assert.Equal(call, await town.Hall().Speak(Zone, stairs, "2"));
        Assert.Equal("not-paired", await Command.RefusalAsync(() => town.Hall().Speak(Zone, lobby, "1")));
        Assert.Equal("not-paired", await Command.RefusalAsync(() => town.Hall().Heard(Zone, lobby, "1", call!.Key, complete: true)));
        Assert.Equal("unknown-display", await Command.RefusalAsync(() => town.Displays().Recognise(lobby)));
    }

    [Fact]
    public async Task ADisplayThatComesBackIsNotSilencedByTheEndOfItsOldConnection()
    {
        await using var town = await TestTown.StartAsync();
        await CallAsync(town);
        var (lobby, stairs) = (await town.PairAsync("lobby"), await town.PairAsync("stairs"));
        await town.Hall().Speak(Zone, lobby, "old");
        await town.Hall().ConnectionGone("old");
        var call = await town.Hall().Speak(Zone, lobby, "new");

        await town.Hall().ConnectionGone("old");

        Assert.NotNull(call);
        Assert.Null(await town.Hall().Speak(Zone, stairs, "2"));
    }

    [Fact]
    public async Task DisplaysArePairedStillAfterANewStart()
    {
        using var file = new TownFile();
        DisplayKey lobby, stairs;
        await using (var town = await TestTown.StartAsync(file.Database))
        {
            (lobby, stairs) = (await town.PairAsync("lobby"), await town.PairAsync("stairs"));
            await town.Displays().Unpair(Command.By("admin"), stairs.DisplayId);
        }

        await using var again = await TestTown.StartAsync(file.Database);
        var number = await CallAsync(again);

        Assert.Equal(number, (await again.Hall().Speak(Zone, lobby, "1"))!.Number);
        Assert.Equal("not-paired", await Command.RefusalAsync(() => again.Hall().Speak(Zone, stairs, "2")));
        Assert.Equal(["lobby"], (await again.Displays().All()).Select(d => d.Name));
        Assert.Empty((await again.Journal.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task CommandsThatAreSentAgainGetTheirFirstAnswerAndChangeNothing()
    {
        await using var town = await TestTown.StartAsync();
        var displays = town.Displays();
        var (ask, confirm, unpair) = (Command.Keyed("public", "a"), Command.Keyed("admin", "c"), Command.Keyed("admin", "u"));
        var asked = await displays.Ask(ask, new AskPairing("d1", "hash", "ABC123", null));
        Assert.Equal(asked, await displays.Ask(ask, new AskPairing("d2", "hash", "XYZ789", null)));
        var confirmed = await displays.Confirm(confirm, "abc 123", "Lobby");
        Assert.Equal(confirmed, await displays.Confirm(confirm, "abc 123", "Lobby"));
        Assert.Equal("idempotency-conflict", await Command.RefusalAsync(() => displays.Confirm(Command.Keyed("admin", "c", "other"), "ABC124", "Lobby")));
        await displays.Unpair(unpair, confirmed.Id);
        await displays.Unpair(unpair, confirmed.Id);

        Assert.Equal(asked, await displays.Ask(ask, new AskPairing("d3", "hash", "XYZ789", null)));
        Assert.Equal(3, (await town.Journal.ReadAsync(Stream)).Head);
        Assert.Empty(await displays.All());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AConfirmationThatWasCutOffIsMadeGoodWhenItIsSentAgain(bool wasDurable)
    {
        var info = Command.Keyed("admin", "confirm-1");
        var cut = wasDurable ? Cut.After : Cut.Before;
        await using var town = await TestTown.StartAsync(wrap: inner => new CutJournal(inner) { Where = request => request.Command?.Id == info.Id ? cut : Cut.None });
        var number = await CallAsync(town);
        var key = new DisplayKey("d1", "hash");
        await town.Displays().Ask(Command.By("public"), new AskPairing(key.DisplayId, key.SecretHash, "ABC123", null));
        await Assert.ThrowsAnyAsync<Exception>(() => town.Displays().Confirm(info, "ABC123", "Lobby"));
        cut = Cut.None;

        var confirmed = await town.Displays().Confirm(info, "ABC123", "Lobby");

        Assert.Equal(("d1", "Lobby", "admin"), (confirmed.Id, confirmed.Name, confirmed.PairedBy));
        Assert.Equal(number, (await town.Hall().Speak(Zone, key, "1"))!.Number);
        Assert.Equal(2, (await town.Journal.ReadAsync(Stream)).Head);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatTheHallWasNotToldItLearnsWhenItAsksOrWhenTheCommandIsSentAgain(bool sentAgain)
    {
        var (filter, info) = (new CallFilter(), Command.Keyed("admin", "unpair-1"));
        await using var town = await TestTown.StartAsync(filter: filter);
        await CallAsync(town);
        var lobby = await town.PairAsync("lobby");
        Assert.NotNull(await town.Hall().Speak(Zone, lobby, "1"));
        filter.Sees = call =>
        {
            if (CallFilter.Is<IHallGrain>(call, nameof(IHallGrain.TellDisplays))) throw Refusals.WrongState("Lost by the test.");
        };
        await Assert.ThrowsAsync<OneStopException>(() => town.Displays().Unpair(info, lobby.DisplayId));
        filter.Sees = _ => { };

        if (sentAgain) await town.Displays().Unpair(info, lobby.DisplayId);
        else await town.Hall().Reconcile();

        Assert.Equal("not-paired", await Command.RefusalAsync(() => town.Hall().Speak(Zone, lobby, "1")));
    }

    [Fact]
    public async Task AnotherHallKnowsNeitherTheCodeNorTheDisplay()
    {
        await using var town = await TestTown.StartAsync();
        var hall = TownDefinitions.Town.Halls[0];
        TownDefinition two = TownDefinitions.Town with { Halls = [hall, hall with { Id = "annex" }] };
        await town.Grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Define(Command.By("admin"), two);
        var asked = await town.Displays().Ask(Command.By("public"), new AskPairing("d1", "hash", "ABC123", null));

        Assert.Equal("unknown-code", await Command.RefusalAsync(() => town.Displays("annex").Confirm(Command.By("admin"), asked.Code, "Lobby")));
        await town.Displays().Confirm(Command.By("admin"), asked.Code, "Lobby");

        var annex = town.Grains.GetGrain<IHallGrain>("annex");
        Assert.Equal("not-paired", await Command.RefusalAsync(() => annex.Speak(Zone, new DisplayKey("d1", "hash"), "1")));
        Assert.Equal("unknown-display", await Command.RefusalAsync(() => town.Displays("annex").Unpair(Command.By("admin"), "d1")));
        Assert.Single(await town.Displays().All());
    }

    [Fact]
    public async Task ADisplayOfAZoneSpeaksThereOnly()
    {
        await using var town = await TestTown.StartAsync();
        var hall = TownDefinitions.Town.Halls[0];
        var zoned = hall with { Zones = [new ZoneDefinition("east", hall.Name, ["c1"]), new ZoneDefinition("west", hall.Name, [.. hall.Counters.Skip(1).Select(c => c.Id)])] };
        await town.Grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Define(Command.By("admin"), TownDefinitions.Town with { Halls = [zoned] });
        Assert.Equal("unknown-zone", await Command.RefusalAsync(() => town.Displays().Ask(Command.By("public"), new AskPairing("d1", "hash", "ABC123", "attic"))));
        var asked = await town.Displays().Ask(Command.By("public"), new AskPairing("d1", "hash", "ABC123", "west"));
        await town.Displays().Confirm(Command.By("admin"), asked.Code, "Lobby");
        var number = await CallAsync(town);

        Assert.Equal("wrong-zone", await Command.RefusalAsync(() => town.Hall().Speak("east", new DisplayKey("d1", "hash"), "1")));
        Assert.Null(await town.Hall().Speak("west", new DisplayKey("d1", "hash"), "1"));
        Assert.Equal(number, (await town.Hall().Speak("east", await town.PairAsync("everywhere"), "2"))!.Number);
    }

    [Fact]
    public async Task TheEleventhCodeOfAHallHasToWaitAndNothingIsRecordedOfIt()
    {
        await using var town = await TestTown.StartAsync();
        for (var i = 0; i < 10; i++)
            await town.Displays().Ask(Command.By("public"), new AskPairing("d" + Command.NewCode(), "hash" + Command.NewCode(), Command.NewCode(), null));

        var refusal = await Assert.ThrowsAsync<OneStopException>(() => town.Displays().Ask(Command.By("public"), new AskPairing("d", "hash", "ABC123", null)));

        Assert.Equal("too-many-requests", refusal.Code);
        Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
        Assert.Equal(10, (await town.Journal.ReadAsync(Stream)).Head);
    }

    [Fact]
    public async Task TenWrongCodesInARowLockTheHallForAMinuteAndNothingIsRecorded()
    {
        var clock = new JumpingClock();
        await using var town = await TestTown.StartAsync(clock: clock);
        var displays = town.Displays();
        await displays.Ask(Command.By("public"), new AskPairing("d1", "hash", "ABC123", null));
        for (var i = 0; i < 10; i++)
            Assert.Equal("unknown-code", await Command.RefusalAsync(() => displays.Confirm(Command.By("admin"), "000000", "Lobby")));

        var locked = await Assert.ThrowsAsync<OneStopException>(() => displays.Confirm(Command.By("admin"), "ABC123", "Lobby"));

        Assert.Equal("too-many-requests", locked.Code);
        Assert.InRange(locked.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await town.Journal.ReadAsync(Stream)).Head);
        await clock.JumpToAsync(town, clock.GetUtcNow().AddMinutes(1));
        Assert.Equal("Lobby", (await displays.Confirm(Command.By("admin"), "ABC123", "Lobby")).Name);
    }

    [Fact]
    public async Task ADisplayIsSeenWhenItSaysWhoItIs()
    {
        await using var town = await TestTown.StartAsync();
        var lobby = await town.PairAsync("lobby");
        Assert.Null(Assert.Single(await town.Displays().All()).LastSeenAt);

        var standing = await town.Displays().Recognise(lobby);

        Assert.Equal(new DisplayStanding(true, "lobby", null), standing);
        var seen = Assert.Single(await town.Displays().All());
        Assert.True(seen.LastSeenAt >= seen.PairedAt);
    }

    /// <summary>Calls somebody, so that there is something to say.</summary>
    /// <returns>The number called.</returns>
    private static async Task<string> CallAsync(TestTown town)
    {
        await town.Hall().Snapshot();
        await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        var number = (await counter.CallNext(Command.By("clerk1"))).Ticket!.Number;
        await Eventually.HoldsAsync(
            async () => (await town.Hall().Snapshot()).State.Contains($"\"key\":\"{number} ", StringComparison.Ordinal), "the call in the hall's line");
        return number;
    }
}
