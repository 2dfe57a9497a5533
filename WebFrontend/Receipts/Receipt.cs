using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Halls;

namespace OneStop.WebFrontend.Receipts;

/// <summary>A receipt (凭证) as it is printed, in Chinese and English side by side.</summary>
/// <param name="Title">Who gives it.</param>
/// <param name="Kind">What it is a receipt of.</param>
/// <param name="Number">What is printed large.</param>
/// <param name="Lines">What else stands on it.</param>
/// <param name="Link">Where its code leads: a page that says how things stand.</param>
internal sealed record Receipt(LocalizedText Title, LocalizedText Kind, string Number, ImmutableArray<ReceiptLine> Lines, Uri Link)
{
    /// <summary>What is said below. Default: nothing.</summary>
    public ImmutableArray<LocalizedText> Notes { get; init; } = [];

    /// <summary>Whether it is a sheet to keep, not a ticket to wait with. Default: a ticket.</summary>
    public bool IsSheet { get; init; }

    /// <summary>The receipt of a hall ticket.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="hall">Its hall.</param>
    /// <param name="link">The ticket's page.</param>
    public static Receipt Of(TicketView ticket, HallDefinition hall, Uri link)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(hall.TimeZone);
        var taken = TimeZoneInfo.ConvertTime(ticket.TakenAt, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var lines = ImmutableArray.CreateBuilder<ReceiptLine>();
        lines.Add(new(new("业务", "Service"), hall.Service(ticket.Service).Name));
        lines.Add(new(new("号别", "Kind"), SegmentName(ticket.Segment)));
        lines.Add(new(new("取号时间", "Taken"), new LocalizedText(taken, taken)));
        if (ticket.State == TicketState.Waiting)
        {
            var ahead = ticket.Ahead.ToString(CultureInfo.InvariantCulture);
            lines.Add(new(new("前面等候", "Ahead of you"), new LocalizedText(ahead + " 人", ahead)));
        }

        return new Receipt(hall.Name, new("排队票", "Ticket"), ticket.Number, lines.ToImmutable(), link);
    }

    private static LocalizedText SegmentName(Segment segment) => segment switch
    {
        Segment.Green => new("绿色通道", "Green channel"),
        Segment.Appointment => new("预约", "Appointment"),
        _ => new("普通", "Ordinary"),
    };
}

/// <summary>A line of a receipt.</summary>
/// <param name="Label">What it says.</param>
/// <param name="Values">The value, or several that are numbered.</param>
internal sealed record ReceiptLine(LocalizedText Label, params ImmutableArray<LocalizedText> Values);
