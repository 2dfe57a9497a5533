using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>Why a ticket was called.</summary>
/// <param name="Rule">The rule's code: one of <see cref="CallRule"/>.</param>
/// <param name="WaitedSeconds">How long the ticket had waited, in seconds.</param>
/// <param name="Text">The reason in words.</param>
[GenerateSerializer, Immutable]
public sealed record CallReason(string Rule, long WaitedSeconds, LocalizedText Text)
{
    /// <summary>The clerk called this very ticket.</summary>
    public static CallReason Named(Ticket ticket, DateTimeOffset now) => new(
        CallRule.Named, Waited(ticket, now), new LocalizedText($"工作人员指定呼叫 {ticket.Number}。", $"The clerk called {ticket.Number} by name."));

    /// <summary>The reason for a call that the policy made.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="rule">The rule that decided.</param>
    /// <param name="ratio">The ratio that decided, when one did.</param>
    /// <param name="ticket">The called ticket.</param>
    /// <param name="oldest">The ticket that was taken first among those the counter could have called.</param>
    /// <param name="support">Set when the counter serves this ticket's service only to help out.</param>
    /// <param name="now">When it is called.</param>
    public static CallReason Of(
        CallPolicy policy, string rule, SegmentRatio? ratio, Ticket ticket, Ticket oldest, SupportedService? support, DateTimeOffset now)
    {
        var waited = Waited(ticket, now);
        var text = rule switch
        {
            CallRule.Overdue => new LocalizedText(
                $"{ticket.Number} 已等候 {waited / 60} 分，达到 {Minutes(policy.FirstAfter!.Value)} 分上限，先于所有号别。",
                $"{ticket.Number} has waited {waited / 60} min; from {Minutes(policy.FirstAfter!.Value)} min on it goes before every segment."),
            CallRule.Ratio => new LocalizedText(
                $"本窗口每呼叫 {ratio!.Calls} 个{Zh(ratio.Of)}号，呼叫 1 个{Zh(ratio.Then)}号：{ticket.Number}。",
                $"After {ratio.Calls} {En(ratio.Of)} calls this counter calls one of the {En(ratio.Then)}: {ticket.Number}."),
            _ when ticket.Id == oldest.Id || ticket.TakenAt <= oldest.TakenAt => new LocalizedText(
                $"{ticket.Number} 等候时间最长（{waited / 60} 分 {waited % 60} 秒）。",
                $"{ticket.Number} has waited longest ({waited / 60} min {waited % 60} s)."),
            _ => HeadStart(policy, ticket, oldest),
        };
        var code = rule == CallRule.HeadStart && ticket.TakenAt <= oldest.TakenAt ? CallRule.LongestWait : rule;
        return support is null
            ? new CallReason(code, waited, text)
            : new CallReason(code is CallRule.LongestWait or CallRule.HeadStart ? CallRule.Support : code, waited, new LocalizedText(
                text.Zh + $"本窗口支援该业务（等候满 {Minutes(support.WhenWaits)} 分时）。",
                text.En + $" This counter helps out with its service, whose longest wait has reached {Minutes(support.WhenWaits)} min."));
    }

    private static LocalizedText HeadStart(CallPolicy policy, Ticket ticket, Ticket oldest)
    {
        var headStart = Minutes(policy.HeadStart(ticket.Segment));
        var ahead = (long)(ticket.TakenAt - oldest.TakenAt).TotalSeconds;
        return new LocalizedText(
            $"{ticket.Number} 属于{Zh(ticket.Segment)}，按提前 {headStart} 分钟取号计，先于早 {ahead} 秒取号的 {oldest.Number}。",
            $"{ticket.Number} counts as taken {headStart} min earlier ({En(ticket.Segment)}), before {oldest.Number} taken {ahead} s sooner.");
    }

    private static long Waited(Ticket ticket, DateTimeOffset now) => Math.Max(0, (long)(now - ticket.TakenAt).TotalSeconds);

    private static long Minutes(TimeSpan time) => (long)time.TotalMinutes;

    private static string Zh(Segment segment) => segment switch
    {
        Segment.Green => "绿色通道",
        Segment.Appointment => "预约",
        _ => "普通",
    };

    private static string En(Segment segment) => segment switch
    {
        Segment.Green => "green channel",
        Segment.Appointment => "appointment",
        _ => "ordinary",
    };
}

/// <summary>Codes of the rules by which tickets are called.</summary>
public static class CallRule
{
    /// <summary>Nobody the counter could call has waited longer.</summary>
    public const string LongestWait = "longest-wait";

    /// <summary>Its segment's head start puts it first.</summary>
    public const string HeadStart = "head-start";

    /// <summary>It has waited as long as the policy lets anybody be overtaken.</summary>
    public const string Overdue = "overdue";

    /// <summary>Its segment's turn has come by a ratio.</summary>
    public const string Ratio = "ratio";

    /// <summary>The counter helps out with a service that is not its own.</summary>
    public const string Support = "support";

    /// <summary>The clerk called this very ticket.</summary>
    public const string Named = "named";
}
