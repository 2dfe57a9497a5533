using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>
/// Who is called next. Each segment has a head start, as if its ticket had been taken that much earlier; the earliest
/// such instant is next. Waiting ages every ticket alike, so a ticket taken at <c>t</c> is overtaken only by tickets
/// taken before <c>t</c> plus the longest head start: nobody starves.
/// </summary>
/// <param name="AppointmentHeadStart">Head start of appointments.</param>
/// <param name="GreenHeadStart">Head start of the green channel.</param>
[GenerateSerializer, Immutable]
public sealed record CallPolicy(TimeSpan AppointmentHeadStart, TimeSpan GreenHeadStart)
{
    /// <summary>Appointments ten minutes, green channel fifteen.</summary>
    public static CallPolicy Default { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15));

    /// <summary>How much earlier a ticket of this segment counts as taken.</summary>
    public TimeSpan HeadStart(Segment segment) => segment switch
    {
        Segment.Appointment => AppointmentHeadStart,
        Segment.Green => GreenHeadStart,
        _ => TimeSpan.Zero,
    };

    /// <summary>The ticket's place among the waiting: the smallest is next.</summary>
    public CallOrder OrderOf(Ticket ticket) =>
        new(ticket.TakenAt - HeadStart(ticket.Segment), ticket.TakenAt, ticket.Number, ticket.Id);

    /// <summary>Why this ticket is called.</summary>
    /// <param name="ticket">The called ticket.</param>
    /// <param name="oldest">The ticket that was taken first among those the counter could have called.</param>
    /// <param name="now">When it is called.</param>
    public CallReason Explain(Ticket ticket, Ticket oldest, DateTimeOffset now)
    {
        var waited = Math.Max(0, (long)(now - ticket.TakenAt).TotalSeconds);
        if (ticket.Id == oldest.Id || ticket.TakenAt <= oldest.TakenAt)
        {
            return new CallReason(CallRule.LongestWait, waited, new LocalizedText(
                $"{ticket.Number} 等候时间最长（{waited / 60} 分 {waited % 60} 秒）。",
                $"{ticket.Number} has waited longest ({waited / 60} min {waited % 60} s)."));
        }

        var headStart = (long)HeadStart(ticket.Segment).TotalMinutes;
        var ahead = (long)(ticket.TakenAt - oldest.TakenAt).TotalSeconds;
        return new CallReason(CallRule.HeadStart, waited, new LocalizedText(
            $"{ticket.Number} 属于{SegmentZh(ticket.Segment)}，按提前 {headStart} 分钟取号计，先于早 {ahead} 秒取号的 {oldest.Number}。",
            $"{ticket.Number} counts as taken {headStart} min earlier ({SegmentEn(ticket.Segment)}), before {oldest.Number} taken {ahead} s sooner."));
    }

    private static string SegmentZh(Segment segment) => segment == Segment.Green ? "绿色通道" : "预约";

    private static string SegmentEn(Segment segment) => segment == Segment.Green ? "green channel" : "appointment";
}

/// <summary>A place among waiting tickets; ordered by the instant a ticket counts as taken, then by when it really was.</summary>
/// <param name="CountsFrom">When the ticket counts as taken.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Number">Its number.</param>
/// <param name="TicketId">Its id.</param>
[GenerateSerializer, Immutable]
public readonly record struct CallOrder(DateTimeOffset CountsFrom, DateTimeOffset TakenAt, string Number, string TicketId) : IComparable<CallOrder>
{
    /// <inheritdoc/>
    public int CompareTo(CallOrder other)
    {
        var order = CountsFrom.CompareTo(other.CountsFrom);
        if (order == 0) order = TakenAt.CompareTo(other.TakenAt);
        if (order == 0) order = string.CompareOrdinal(Number, other.Number);
        return order != 0 ? order : string.CompareOrdinal(TicketId, other.TicketId);
    }

    /// <summary>Whether the left one is next.</summary>
    public static bool operator <(CallOrder left, CallOrder right) => left.CompareTo(right) < 0;

    /// <summary>Whether the right one is next.</summary>
    public static bool operator >(CallOrder left, CallOrder right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is next or both are the same.</summary>
    public static bool operator <=(CallOrder left, CallOrder right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the right one is next or both are the same.</summary>
    public static bool operator >=(CallOrder left, CallOrder right) => left.CompareTo(right) >= 0;
}

/// <summary>Why a ticket was called.</summary>
/// <param name="Rule">The rule's code: one of <see cref="CallRule"/>.</param>
/// <param name="WaitedSeconds">How long the ticket had waited, in seconds.</param>
/// <param name="Text">The reason in words.</param>
[GenerateSerializer, Immutable]
public sealed record CallReason(string Rule, long WaitedSeconds, LocalizedText Text);

/// <summary>Codes of the rules by which tickets are called.</summary>
public static class CallRule
{
    /// <summary>Nobody the counter could call has waited longer.</summary>
    public const string LongestWait = "longest-wait";

    /// <summary>Its segment's head start puts it first.</summary>
    public const string HeadStart = "head-start";

    /// <summary>The clerk called this very ticket.</summary>
    public const string Named = "named";
}
