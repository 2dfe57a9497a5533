using OneStop.Domain.Halls.Announcing;

namespace OneStop.Domain.Tests.Halls;

public class ZoneVoiceTests
{
    private static readonly DateTimeOffset Now = Times.At("2026-03-02 10:00");
    private static readonly Announcement A1 = new("A001", "c1", Now);
    private static readonly Announcement A2 = new("A002", "c2", Now.AddSeconds(1));

    private static readonly Speaker Left = new("left", "1");
    private static readonly Speaker Right = new("right", "2");

    private static readonly ZoneVoice Two = ZoneVoice.Silent.Calls(A1).Calls(A2);

    [Fact]
    public void OneDisplaySpeaksAtATime()
    {
        var (voice, first) = Two.Asks(Left, Now);
        var (_, other) = voice.Asks(Right, Now);
        Assert.Equal(A1, first);
        Assert.Null(other);
    }

    [Fact]
    public void EachCallIsSaidTwiceAndThenTheNext()
    {
        var voice = Two;
        var said = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            (voice, var call) = voice.Asks(i % 2 == 0 ? Left : Right, Now);
            if (call is null) break;
            said.Add(call.Number);
            voice = voice.Acknowledges(voice.Speaker!, call.Key, complete: true);
        }

        Assert.Equal(["A001", "A001", "A002", "A002"], said);
        Assert.Empty(voice.Line);
    }

    [Fact]
    public void NothingFollowsBeforeTheAcknowledgement()
    {
        var (voice, call) = Two.Asks(Left, Now);
        Assert.Same(voice, voice.Acknowledges(Right, call!.Key, complete: true));
        Assert.Same(voice, voice.Acknowledges(Left, A2.Key, complete: true));
        Assert.Null(voice.Asks(Right, Now.Add(ZoneVoice.SpeakingTime).AddTicks(-1)).Call);
    }

    [Fact]
    public void ASpeakerWhoFallsSilentIsFollowedByAnotherAndDoesNotSilenceTheZone()
    {
        var (voice, _) = Two.Asks(Left, Now);
        var later = Now + ZoneVoice.SpeakingTime;
        (voice, var again) = voice.Asks(Right, later);
        Assert.Equal(A1, again);
        Assert.Equal(A2, voice.Asks(Left, later + ZoneVoice.SpeakingTime).Call);
    }

    [Fact]
    public void ADisplayThatHasGoneLeavesItsCallToAnother()
    {
        var (voice, _) = Two.Asks(Left, Now);
        Assert.Equal(A1, voice.Loses(Left).Asks(Right, Now).Call);
        Assert.Null(voice.Loses(Left with { Connection = "3" }).Asks(Right, Now).Call);
    }

    [Fact]
    public void ACallWhoseTicketIsServedIsLeftOutUnlessItIsJustBeingSaid()
    {
        Assert.Equal(A2, Two.Frees("c1").Asks(Left, Now).Call);
        var (voice, call) = Two.Asks(Left, Now);
        var freed = voice.Frees("c1");
        Assert.Equal(A1, freed.Line[0]);
        Assert.Equal(A2, Two.Frees("c1").Line.Single());
        Assert.Equal(1, freed.Acknowledges(Left, call!.Key, complete: true).Said);
    }

    [Fact]
    public void ARecallTakesThePlaceOfTheCall()
    {
        var recalled = A1 with { At = Now.AddMinutes(1) };
        Assert.Equal([A2, recalled], Two.Calls(recalled).Line);
    }

    [Fact]
    public void ACallThatNobodySaidForMinutesIsLeftOut() => Assert.Null(Two.Asks(Left, Now.AddMinutes(4)).Call);
}
