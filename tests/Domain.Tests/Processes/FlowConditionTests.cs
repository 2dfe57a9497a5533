using System.Text.Json;
using OneStop.Domain.Processes;

namespace OneStop.Domain.Tests.Processes;

/// <summary>The language of conditions.</summary>
public class FlowConditionTests
{
    [Theory]
    [InlineData("outcome(review) = 'approved'", true)]
    [InlineData("outcome(review) != 'approved'", false)]
    [InlineData("outcome(other) = 'approved'", false)]
    [InlineData("${outcome(review) == \"approved\" and form.area > 50}", true)]
    [InlineData("form.area > 80 or (not form.new = true)", false)]
    [InlineData("not (form.area <= 60)", false)]
    [InlineData("form.owner.kind = 'company'", true)]
    [InlineData("form.owner.kind != 'person'", true)]
    [InlineData("form.missing = 1", false)]
    [InlineData("form.missing != 1", true)]
    [InlineData("form.area = 'sixty'", false)]
    [InlineData("form.area >= 60.0 and form.area < 60.5", true)]
    public void AConditionHoldsOrDoesNot(string text, bool expected)
    {
        using var form = JsonDocument.Parse("""{"area":60,"new":true,"owner":{"kind":"company"}}""");
        var condition = FlowCondition.Parse(text);
        var answers = condition.FormQuestions.Where(q => q.IsAnsweredBy(form.RootElement)).Select(q => q.Text).ToHashSet();
        Assert.Equal(expected, condition.Holds(step => step == "review" ? "approved" : null, answers.Contains));
    }

    [Theory]
    [InlineData("")]
    [InlineData("form.area")]
    [InlineData("form.area >")]
    [InlineData("area > 5")]
    [InlineData("form. > 5")]
    [InlineData("form.name < 'a'")]
    [InlineData("outcome(review) = 'maybe'")]
    [InlineData("outcome(review) > 'approved'")]
    [InlineData("(form.a = 1")]
    [InlineData("form.a = 1 form.b = 2")]
    [InlineData("form.a = 1; drop")]
    public void WhatIsNoConditionIsRefused(string text) => Assert.False(FlowCondition.TryParse(text, out _, out _));

    [Fact]
    public void NestingIsBounded() => Assert.False(FlowCondition.TryParse(new string('(', 500) + "form.a = 1", out _, out _));
}
