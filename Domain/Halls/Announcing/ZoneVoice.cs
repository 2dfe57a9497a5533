using System.Collections.Immutable;

namespace OneStop.Domain.Halls.Announcing;

/// <summary>
/// What is said aloud in one zone of a hall (H7): one call at a time, by one display, in the order of the calls; each is
/// said twice, and the next one only follows once it was acknowledged or its speaker has fallen silent.
/// </summary>
public sealed record ZoneVoice
{
    /// <summary>How often each call is said.</summary>
    public const int Repetitions = 2;

    /// <summary>How long a display may take for saying a call once, in both languages.</summary>
    public static readonly TimeSpan SpeakingTime = TimeSpan.FromSeconds(30);

    private const int MostFailures = 2;

    // Whoever has not come by then is called again or given up; a voice would only confuse.
    private static readonly TimeSpan WorthSaying = TimeSpan.FromMinutes(3);

    /// <summary>A zone where nobody has been called.</summary>
    public static ZoneVoice Silent { get; } = new();

    /// <summary>The calls to be said, the one whose turn it is first.</summary>
    public ImmutableArray<Announcement> Line { get; private init; } = [];

    /// <summary>The display that is saying the first call; null when none is.</summary>
    public Speaker? Speaker { get; private init; }

    /// <summary>When the speaker's time is over.</summary>
    public DateTimeOffset SpeakerUntil { get; private init; }

    /// <summary>How often the first call was said to its end.</summary>
    public int Said { get; private init; }

    private int Failed { get; init; }

    /// <summary>A counter has called: whatever it called before and was not said yet is out of date.</summary>
    public ZoneVoice Calls(Announcement call)
    {
        var rest = Frees(call.Counter);
        return rest with { Line = rest.Line.Add(call) };
    }

    /// <summary>A counter's ticket has left it: it is not called any more. What is just being said is said to its end.</summary>
    public ZoneVoice Frees(string counter)
    {
        if (Line.IsEmpty) return this;
        var first = Line[0];
        var rest = this with { Line = Line.RemoveAll(a => a.Counter == counter && !(Speaker is not null && a == first)) };
        return rest.Line is [var now, ..] && now == first ? rest : rest.Turn();
    }

    /// <summary>A display would speak: it gets the call to say once, or null when there is none or another one speaks.</summary>
    public (ZoneVoice Voice, Announcement? Call) Asks(Speaker speaker, DateTimeOffset now)
    {
        var voice = At(now);
        if (voice.Line.IsEmpty || (voice.Speaker is not null && voice.Speaker != speaker)) return (voice, null);
        return (voice with { Speaker = speaker, SpeakerUntil = now + SpeakingTime }, voice.Line[0]);
    }

    /// <summary>The speaker acknowledges a call; anybody else's word, or one about another call, changes nothing.</summary>
    /// <param name="speaker">Who acknowledges.</param>
    /// <param name="key">The call.</param>
    /// <param name="complete">Whether it was heard to its end.</param>
    public ZoneVoice Acknowledges(Speaker speaker, string key, bool complete)
    {
        if (Speaker != speaker || Line.IsEmpty || Line[0].Key != key) return this;
        return (complete ? this with { Said = Said + 1, Speaker = null } : this with { Failed = Failed + 1, Speaker = null }).NextIfDone();
    }

    /// <summary>A display has gone, or has lost its pairing: what it was saying is said again by another one.</summary>
    public ZoneVoice Loses(Speaker speaker) => Speaker == speaker ? this with { Speaker = null } : this;

    /// <summary>The zone at an instant: a speaker who does not acknowledge has failed, and old calls are left out.</summary>
    public ZoneVoice At(DateTimeOffset now)
    {
        var voice = Speaker is not null && now >= SpeakerUntil ? (this with { Speaker = null, Failed = Failed + 1 }).NextIfDone() : this;
        while (voice is { Speaker: null, Line: [var first, ..] } && now - first.At > WorthSaying) voice = voice.Next();
        return voice;
    }

    private ZoneVoice NextIfDone() => Said >= Repetitions || Failed >= MostFailures ? Next() : this;

    private ZoneVoice Next() => (this with { Line = Line.RemoveAt(0) }).Turn();

    private ZoneVoice Turn() => this with { Speaker = null, Said = 0, Failed = 0 };
}

/// <summary>Who says a call: a paired display over one of its connections. A display that comes back has another connection before its old one is missed.</summary>
/// <param name="DisplayId">The display.</param>
/// <param name="Connection">The connection.</param>
public sealed record Speaker(string DisplayId, string Connection);
