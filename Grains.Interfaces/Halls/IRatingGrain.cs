using OneStop.Domain.Halls.Ratings;
using Orleans;

namespace OneStop.Grains.Interfaces.Halls;

/// <summary>The rating of one ticket's service and the rectification it may open; the key is the ticket's id.</summary>
public interface IRatingGrain : IWakeable
{
    /// <summary>Rates the service, once and after it.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="grade">The grade.</param>
    /// <param name="remark">The visitor's words, kept apart and encrypted; null without any.</param>
    Task<RatingView> Rate(CommandInfo info, Grade grade, string? remark);

    /// <summary>Answers the rectification.</summary>
    Task<RatingView> Rectify(CommandInfo info, string answer);

    /// <summary>The rating with its words, for staff.</summary>
    /// <exception cref="Domain.OneStopException"><c>unknown-rating</c>.</exception>
    Task<RatingFile> File();
}

/// <summary>A rating as it stands.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Grade">The grade.</param>
/// <param name="State">Where its follow-up stands.</param>
/// <param name="RectificationDueAt">When the rectification must be answered.</param>
[GenerateSerializer, Immutable]
public sealed record RatingView(string Ticket, Grade Grade, RatingStanding State, DateTimeOffset? RectificationDueAt);

/// <summary>A rating with its words.</summary>
/// <param name="Rating">The rating.</param>
/// <param name="Remark">The visitor's words.</param>
/// <param name="Answer">The rectification's answer.</param>
[GenerateSerializer, Immutable]
public sealed record RatingFile(RatingView Rating, string? Remark, string? Answer);
