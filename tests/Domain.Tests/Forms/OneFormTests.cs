using OneStop.Domain.Forms;

namespace OneStop.Domain.Tests.Forms;

/// <summary>A4: what an applicant has once submitted is offered again.</summary>
public sealed class OneFormTests
{
    private static readonly FormSchema Form = Read("""
        {"type":"object","properties":{"street":{"type":"string","minLength":3},"household":{"type":"integer","minimum":1},"reason":{"enum":["illness","other"]}}}
        """);

    [Fact]
    public void TheNewestAnswerOfEachFieldIsOffered()
    {
        var offered = OneForm.Answers(Form, [Handed("N2", """{"street":"石龙路 18 号"}"""), Handed("N1", """{"street":"旧址路 1 号","household":3}""")]);

        Assert.Equal([("street", "\"石龙路 18 号\"", "N2"), ("household", "3", "N1")], offered.Select(a => (a.Field, a.Value, a.Application)));
    }

    [Fact]
    public void WhatTheFormDoesNotAskForOrWouldNotTakeIsNotOffered()
    {
        var offered = OneForm.Answers(Form, [Handed("N2", """{"income":100,"household":0,"reason":"drought","street":null}"""), Handed("N1", """{"household":2}""")]);

        Assert.Equal([("household", "2")], offered.Select(a => (a.Field, a.Value)));
    }

    [Fact]
    public void AnItemWithoutAFormAndAnApplicantWithoutAnswersGetNothing()
    {
        Assert.Empty(OneForm.Answers(null, [Handed("N1", """{"street":"石龙路 18 号"}""")]));
        Assert.Empty(OneForm.Answers(Form, []));
        Assert.Empty(OneForm.Answers(Form, [Handed("N1", "[]")]));
    }

    private static HandedIn Handed(string application, string form) => new(application, "R1", DateTimeOffset.UnixEpoch, "李雷", null, form);

    private static FormSchema Read(string json)
    {
        Assert.Empty(FormSchema.Read(json, out var schema));
        return schema!;
    }
}
