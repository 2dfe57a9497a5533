using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Notices;
using Orleans;

namespace OneStop.Grains.Interfaces.Notices;

/// <summary>Notices as they are shown and made public; the key is <see cref="Key"/>.</summary>
public interface INoticeBoardGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "notices";

    /// <summary>Notices to some audiences, the newest first.</summary>
    Task<ImmutableArray<NoticeRecord>> Notices(NoticeQuestion question);

    /// <summary>Marks a notice as read by a person; again is once.</summary>
    /// <param name="info">The command's id; its actor is the reader.</param>
    /// <param name="audiences">What the reader belongs to, see <see cref="Audience.Key"/>.</param>
    /// <param name="id">The notice.</param>
    /// <exception cref="OneStopException"><c>unknown-notice</c>: there is none of this id for this person.</exception>
    Task<NoticeRecord> Read(CommandInfo info, ImmutableArray<string> audiences, string id);

    /// <summary>What is made public (公示), the newest first.</summary>
    Task<ImmutableArray<PublicityRecord>> Publicity(PublicityQuestion question);

    /// <summary>Deliveries through channels, by id.</summary>
    Task<ImmutableArray<DeliveryRecord>> Deliveries(DeliveryQuestion question);

    /// <summary>The outbox that a delivery is in, see <see cref="IOutboxGrain"/>.</summary>
    /// <exception cref="OneStopException"><c>unknown-delivery</c>.</exception>
    Task<string> OutboxOf(string delivery);
}

/// <summary>Which notices.</summary>
/// <param name="Audiences">To whom, see <see cref="Audience.Key"/>.</param>
/// <param name="Reader">Whose marks count.</param>
/// <param name="Unread">Whether only what that person has not read.</param>
/// <param name="After">The last one of the page before; null for the first page.</param>
/// <param name="Limit">At most so many.</param>
[GenerateSerializer, Immutable]
public sealed record NoticeQuestion(ImmutableArray<string> Audiences, string Reader, bool Unread, string? After, int Limit);

/// <summary>A notice on screen.</summary>
/// <param name="Id">Its id; the newest has the smallest.</param>
/// <param name="Kind">What it is about, a word.</param>
/// <param name="About">The case's acceptance number, or the id of what else it is about; null for nothing of the kind.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">All of it.</param>
/// <param name="At">When it was given.</param>
/// <param name="ReadAt">When the person who asks read it; null for not yet.</param>
[GenerateSerializer, Immutable]
public sealed record NoticeRecord(string Id, string Kind, string? About, LocalizedText Title, LocalizedText Text, DateTimeOffset At, DateTimeOffset? ReadAt);

/// <summary>Which entries; null means any.</summary>
[GenerateSerializer, Immutable]
public sealed record PublicityQuestion(string? Kind, string? Department, string? After, int Limit);

/// <summary>An entry of the publicity list. It names no person.</summary>
/// <param name="Id">Its id; the newest has the smallest.</param>
/// <param name="Kind"><c>decision</c> or <c>card</c>.</param>
/// <param name="Application">Acceptance number.</param>
/// <param name="Item">The item's name.</param>
/// <param name="Department">Code of the department that answers for it.</param>
/// <param name="Result">The decision, or the card's level.</param>
/// <param name="At">When it was decided, or the card began to stand.</param>
[GenerateSerializer, Immutable]
public sealed record PublicityRecord(string Id, string Kind, string Application, LocalizedText Item, string Department, string Result, DateTimeOffset At);

/// <summary>Which deliveries; null means any.</summary>
[GenerateSerializer, Immutable]
public sealed record DeliveryQuestion(NoticeChannel? Channel, DeliveryState? State, string? After, int Limit);
