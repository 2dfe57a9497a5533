using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;

namespace OneStop.WebFrontend.Receipts;

/// <summary>The receipts of a case as they are printed (H10, A6).</summary>
internal static class CaseReceiptSheet
{
    private static readonly LocalizedText QueryNote = new(
        "查询办理进度须用受理号和申请时告知的查询码。为保护您的信息，查询码不印在凭证上，也不在二维码中。",
        "To follow the case you need its number and the query code given when you applied. The code is neither printed here nor part of the QR code.");

    private static readonly LocalizedText DeemedNote = new(
        "本机关逾期未告知补正，依照《行政许可法》第三十二条，自收到申请材料之日起即为受理。",
        "Nothing was said to be missing in time, so the application counts as accepted from the day it was received (Administrative Licensing Law, article 32).");

    private static readonly LocalizedText OnceNote = new(
        "依照《行政许可法》第三十二条，需要补正的全部内容已一次告知。",
        "All that is missing is said here, once (Administrative Licensing Law, article 32).");

    private static readonly LocalizedText SealNote = new("（专用印章）", "(Seal of the authority)");

    /// <summary>The receipt.</summary>
    /// <param name="receipt">What it says.</param>
    /// <param name="issuer">Who gives it.</param>
    /// <param name="calendar">Whose local time dates are written in.</param>
    /// <param name="link">The page that says how the case stands.</param>
    public static Receipt Of(CaseReceipt receipt, LocalizedText issuer, WorkingCalendar calendar, Uri link)
    {
        var lines = ImmutableArray.CreateBuilder<ReceiptLine>();
        if (NumberOf(receipt) != receipt.AcceptanceNumber) lines.Add(new(new("受理号", "Case"), Same(receipt.AcceptanceNumber)));
        lines.Add(new(new("事项", "Item"), receipt.Item));
        if (receipt.ReceivedAt is { } received && receipt.Kind != CaseReceiptKind.Fee) lines.Add(new(new("收件日期", "Received"), Date(received, calendar)));
        switch (receipt.Kind)
        {
            case CaseReceiptKind.Received:
                lines.Add(new(new("收到材料", "Materials received"), Things(receipt)));
                break;
            case CaseReceiptKind.Supplement:
                lines.Add(new(new("补件日期", "Supplemented"), Date(receipt.At, calendar)));
                lines.Add(new(new("收到材料", "Materials received"), Things(receipt)));
                break;
            case CaseReceiptKind.Correction:
                lines.Add(new(new("告知日期", "Told on"), Date(receipt.At, calendar)));
                lines.Add(new(new("需要补正", "To be corrected or supplied"), Things(receipt)));
                break;
            case CaseReceiptKind.Acceptance:
                lines.Add(new(new("受理日期", "Accepted from"), Date(receipt.AcceptedFrom ?? receipt.At, calendar)));
                if (Length(receipt.StatutoryLimit, calendar) is { } statutory) lines.Add(new(new("法定时限", "Statutory limit"), statutory));
                if (Length(receipt.CommittedLimit, calendar) is { } committed) lines.Add(new(new("承诺时限", "Promised within"), committed));
                break;
            case CaseReceiptKind.Refusal:
                lines.Add(new(new("决定日期", "Refused on"), Date(receipt.At, calendar)));
                lines.Add(new(new("依据", "Basis"), Same(receipt.Basis ?? "")));
                if (receipt.Reason is { } reason) lines.Add(new(new("理由", "Reason"), Same(reason)));
                break;
            default:
                AddFee(lines, receipt, calendar);
                break;
        }

        return new Receipt(issuer, Heading(receipt), NumberOf(receipt), lines.ToImmutable(), link) { IsSheet = true, Notes = Notes(receipt) };
    }

    private static void AddFee(ImmutableArray<ReceiptLine>.Builder lines, CaseReceipt receipt, WorkingCalendar calendar)
    {
        var fee = receipt.Fee!;
        var amount = (fee.AmountInFen / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        lines.Add(new(new("金额", "Amount"), new LocalizedText(amount + " 元", "CNY " + amount)));
        lines.Add(new(new("数量", "Quantity"), Same(fee.Quantity.ToString(CultureInfo.InvariantCulture))));
        lines.Add(new(new("收费依据", "Standard"), Same(fee.Basis)));
        if (fee.Means is { } means)
        {
            lines.Add(new(new("缴费日期", "Paid on"), Date(receipt.At, calendar)));
            lines.Add(new(new("缴费方式", "Means"), MeansOf(means)));
            return;
        }

        lines.Add(new(new("减免日期", "Waived on"), Date(receipt.At, calendar)));
        lines.Add(new(new("减免依据", "Waived by"), Same(receipt.Basis ?? "")));
    }

    private static string NumberOf(CaseReceipt receipt) => receipt.Fee?.Receipt ?? receipt.AcceptanceNumber;

    private static ImmutableArray<LocalizedText> Notes(CaseReceipt receipt) => receipt.Kind switch
    {
        CaseReceiptKind.Acceptance when receipt.Deemed => [DeemedNote, QueryNote, SealNote],
        CaseReceiptKind.Correction => [OnceNote, QueryNote, SealNote],
        _ => [QueryNote, SealNote],
    };

    private static LocalizedText Heading(CaseReceipt receipt) => receipt.Kind switch
    {
        CaseReceiptKind.Received => new("收件凭证", "Receipt of an application"),
        CaseReceiptKind.Correction => new("补正告知书", "Request for corrections"),
        CaseReceiptKind.Supplement => new("补件凭证", "Receipt of a supplement"),
        CaseReceiptKind.Acceptance => new("受理通知书", "Notice of acceptance"),
        CaseReceiptKind.Refusal => new("不予受理通知书", "Notice of refusal"),
        _ when receipt.Fee?.Means is null => new("费用减免凭证", "Receipt of a waived fee"),
        _ => new("缴费凭证", "Receipt of a payment"),
    };

    private static LocalizedText MeansOf(PaymentMeans means) => means switch
    {
        PaymentMeans.Cash => new("现金", "cash"),
        PaymentMeans.Card => new("银行卡", "card"),
        PaymentMeans.Transfer => new("转账", "bank transfer"),
        _ => new("网上支付", "online payment"),
    };

    private static LocalizedText? Length(Limit? limit, WorkingCalendar calendar) => limit switch
    {
        WorkingDays d => new(string.Create(CultureInfo.InvariantCulture, $"{d.Days} 个工作日"), string.Create(CultureInfo.InvariantCulture, $"{d.Days} working days")),
        WorkingHours h => new(string.Create(CultureInfo.InvariantCulture, $"{h.Hours} 个工作小时"), string.Create(CultureInfo.InvariantCulture, $"{h.Hours} working hours")),
        CalendarTime c => new(string.Create(CultureInfo.InvariantCulture, $"{c.Duration.TotalDays:0.##} 天"), string.Create(CultureInfo.InvariantCulture, $"{c.Duration.TotalDays:0.##} days")),
        FixedInstant f => Date(f.Instant, calendar),
        _ => null,
    };

    private static ImmutableArray<LocalizedText> Things(CaseReceipt receipt) => receipt.Things.IsEmpty ? [new LocalizedText("无", "none")] : receipt.Things;

    private static LocalizedText Date(DateTimeOffset at, WorkingCalendar calendar) => Same(calendar.ToLocal(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));

    private static LocalizedText Same(string text) => new(text, text);
}
