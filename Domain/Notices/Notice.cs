using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Notices;

/// <summary>Channels that carry notices out of the house; on screen every notice is shown.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<NoticeChannel>))]
public enum NoticeChannel
{
    /// <summary>E-mail over SMTP.</summary>
    Email,

    /// <summary>Short messages by a gateway.</summary>
    Sms,
}

/// <summary>A notice (通知) to one audience. It holds no personal data.</summary>
/// <param name="Id">Its own, the same whenever it is computed: by it a receiver tells a repetition.</param>
/// <param name="At">When it was given.</param>
/// <param name="Kind">What it is about, a word such as <c>cardIssued</c>.</param>
/// <param name="About">The case's acceptance number, or the id of what else it is about; null for nothing of the kind.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">All of it.</param>
/// <param name="To">Whom it is for.</param>
[GenerateSerializer, Immutable]
public sealed record Notice(string Id, DateTimeOffset At, string Kind, string? About, LocalizedText Title, LocalizedText Text, Audience To);
