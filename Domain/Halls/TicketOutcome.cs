namespace OneStop.Domain.Halls;

/// <summary>Outcomes of tickets that no clerk gave.</summary>
public static class TicketOutcome
{
    /// <summary>It still waited when its queue was closed.</summary>
    public const string Lapsed = "lapsed";

    /// <summary>It was still at a counter when the day ended.</summary>
    public const string DayEnded = "day-ended";
}
