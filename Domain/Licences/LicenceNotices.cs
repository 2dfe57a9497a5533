using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain.Calendars;
using OneStop.Domain.Notices;

namespace OneStop.Domain.Licences;

/// <summary>What the holder of a licence and its department are told. Nothing personal stands in it.</summary>
public static class LicenceNotices
{
    /// <summary>The notices that go with events.</summary>
    /// <param name="state">The licence after them.</param>
    /// <param name="events">The events.</param>
    /// <param name="calendar">Its calendar, by whose days the notices speak.</param>
    public static ImmutableArray<Notice> Of(LicenceState state, ImmutableArray<LicenceEvent> events, WorkingCalendar calendar) =>
        [.. events.SelectMany(happened => Told(state, happened, calendar))];

    private static IEnumerable<Notice> Told(LicenceState state, LicenceEvent happened, WorkingCalendar calendar)
    {
        string Day(DateTimeOffset end) => calendar.DateOf(end.AddTicks(-1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (string Kind, DateTimeOffset About, LocalizedText Title)? told = happened switch
        {
            LicenceReminded { Term: LicenceTerm.Inspection } e => ("licenceInspection", e.EndsAt, new($"证照 {state.Number} 须于 {Day(e.EndsAt)} 前年检", $"Licence {state.Number} is to be inspected by {Day(e.EndsAt)}")),
            LicenceReminded e => ("licenceEnding", e.EndsAt, new($"证照 {state.Number} 有效期至 {Day(e.EndsAt)}", $"Licence {state.Number} is valid until {Day(e.EndsAt)}")),
            LicenceInspectionMissed e => ("licenceInspectionMissed", e.DueAt, new($"证照 {state.Number} 逾期未年检", $"Licence {state.Number} was not inspected in time")),
            LicenceExpired e => ("licenceExpired", e.ExpiredAt, new($"证照 {state.Number} 已过期", $"Licence {state.Number} has expired")),
            LicenceRevoked e => ("licenceRevoked", e.At, new($"证照 {state.Number} 已被撤销", $"Licence {state.Number} was revoked")),
            _ => null,
        };
        if (told is not { } notice)
            yield break;
        var text = new LocalizedText(
            $"{notice.Title.Zh}。证照名称：{state.Standard!.Name.Zh}；责任部门：{state.Department}。",
            $"{notice.Title.En}. Licence: {state.Standard.Name.En}; department in charge: {state.Department}.");
        var id = string.Create(CultureInfo.InvariantCulture, $"{state.Number}.{notice.Kind}.{notice.About.ToUnixTimeSeconds()}");
        yield return new(id + ".1", happened.At, notice.Kind, state.Number, notice.Title, text, Audience.Holder(Post.DepartmentHead, state.Department));
        yield return new(id + ".2", happened.At, notice.Kind, state.Number, notice.Title, text, Audience.Person(state.Holder, state.Application));
    }
}
