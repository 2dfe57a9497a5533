using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain.Notices;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>What the notices of a case say. Nothing personal stands in them: a number, an item, a department.</summary>
public static class CaseNotices
{
    /// <summary>The notices that go with events.</summary>
    /// <param name="state">The case after them.</param>
    /// <param name="events">The events.</param>
    public static ImmutableArray<Notice> Of(ApplicationState state, ImmutableArray<ApplicationEvent> events)
    {
        var notices = ImmutableArray.CreateBuilder<Notice>();
        foreach (var told in events.OfType<PeopleTold>())
        {
            var title = Title(state, told);
            var text = new LocalizedText(
                $"{title.Zh}。事项：{state.Item!.Name.Zh}；受理号：{state.Number}；责任部门：{DepartmentOf(state, told)}。",
                $"{title.En}. Item: {state.Item.Name.En}; acceptance number: {state.Number}; department in charge: {DepartmentOf(state, told)}.");
            for (var i = 0; i < told.To.Length; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"{told.NoticeId}.{i + 1}");
                notices.Add(new(id, told.At, CamelCase.Of(told.Kind), state.Number, title, text, told.To[i]));
            }
        }

        return notices.ToImmutable();
    }

    private static LocalizedText Title(ApplicationState state, PeopleTold told)
    {
        var level = Level(CardOf(state, told)?.Level);
        return told.Kind switch
        {
            NoticeKind.CardIssued => new($"办件 {state.Number} 被发出{level.Zh}", $"{level.En} for case {state.Number}"),
            NoticeKind.CardUnhandled => new($"办件 {state.Number} 被发{level.Zh}后仍未办理", $"Case {state.Number} is still unhandled after its {level.En}"),
            NoticeKind.CardUnexplained => new($"办件 {state.Number} 的{level.Zh}逾期未陈述申辩", $"The {level.En} of case {state.Number} was not explained in time"),
            NoticeKind.CardExplained => new($"办件 {state.Number} 的{level.Zh}已提交陈述申辩，请审核", $"The {level.En} of case {state.Number} is explained and to be judged"),
            NoticeKind.CardUpheld => new($"办件 {state.Number} 的{level.Zh}经审核维持", $"The {level.En} of case {state.Number} is upheld"),
            NoticeKind.CardWithdrawn => new($"办件 {state.Number} 的{level.Zh}已撤销", $"The {level.En} of case {state.Number} is withdrawn"),
            NoticeKind.Urged => new($"催办：请尽快办理办件 {state.Number}", $"Case {state.Number} is urged"),
            NoticeKind.FeeDemanded => new(
                string.Create(CultureInfo.InvariantCulture, $"办件 {state.Number} 应缴费 {state.Fee?.AmountInFen / 100m:0.00} 元"),
                string.Create(CultureInfo.InvariantCulture, $"{state.Fee?.AmountInFen / 100m:0.00} yuan are to be paid for case {state.Number}")),
            NoticeKind.Found => new($"监察发现办件 {state.Number} 存在问题", $"Inspection found a fault in case {state.Number}"),
            _ => new($"督办：办件 {state.Number} 已列入督办", $"Case {state.Number} is under supervision"),
        };
    }

    private static string DepartmentOf(ApplicationState state, PeopleTold told) => CardOf(state, told)?.Department ?? state.Item!.Department;

    private static Card? CardOf(ApplicationState state, PeopleTold told) => state.Cards.FirstOrDefault(c => c.CardId == told.CardId);

    private static LocalizedText Level(CardLevel? level) => level switch
    {
        CardLevel.Warning => new("预警", "warning"),
        CardLevel.Yellow => new("黄牌", "yellow card"),
        _ => new("红牌", "red card"),
    };
}
