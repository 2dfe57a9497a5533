using OneStop.Domain;
using OneStop.Domain.Notices;

namespace OneStop.Grains.Notices;

/// <summary>Carries notices out through one channel. May be called for several notices at once.</summary>
public interface INoticeCarrier
{
    /// <summary>The channel.</summary>
    NoticeChannel Channel { get; }

    /// <summary>Hands a notice to the channel's server. Whatever it throws is a failure that is worth another attempt.</summary>
    /// <param name="letter">The notice with its address.</param>
    /// <param name="cancellationToken">The attempt takes too long, or the process ends.</param>
    Task<Carried> CarryAsync(Letter letter, CancellationToken cancellationToken);
}

/// <summary>A notice with the address it goes to.</summary>
/// <param name="Id">The delivery's id, the same at every attempt.</param>
/// <param name="Address">E-mail address or telephone number.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">All of it.</param>
/// <param name="At">When the notice was given.</param>
public sealed record Letter(string Id, string Address, LocalizedText Title, LocalizedText Text, DateTimeOffset At);

/// <summary>What became of an attempt.</summary>
public readonly record struct Carried
{
    private Carried(bool delivered, bool worthAnother, string? reason) => (IsDelivered, IsWorthAnother, Reason) = (delivered, worthAnother, reason);

    /// <summary>Whether the receiver took it.</summary>
    public bool IsDelivered { get; }

    /// <summary>Whether it failed in a way that may pass.</summary>
    public bool IsWorthAnother { get; }

    /// <summary>Why it failed; null when it was taken.</summary>
    public string? Reason { get; }

    /// <summary>The receiver took it.</summary>
    public static Carried Delivered { get; } = new(true, false, null);

    /// <summary>It failed and is to be tried again.</summary>
    public static Carried TryAgain(string reason) => new(false, true, reason);

    /// <summary>The receiver will not have this one, however often it is tried.</summary>
    public static Carried Refused(string reason) => new(false, false, reason);
}
