using OneStop.Domain.Catalogue;
using OneStop.Domain.Forms;
using OneStop.Domain.Tests.Applications;

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

    [Fact]
    public void FilesOfTheMaterialsThatTheItemAsksForAreOfferedUnderEitherName()
    {
        var item = Items.Restaurant with { Materials = [Material("身份证", "Identity card"), Material("平面图", "Floor plan"), Material("健康证明", "Health certificate")] };

        var offered = OneForm.Materials(
            item, [Holding(File("N1", 1, "身份证", "ID card", "a"), File("N1", 2, "户口簿", "Household register", "b"), File("N1", 3, "总平面图", "Floor plan", "c"))]);

        Assert.Equal([("身份证", 1), ("平面图", 3)], offered.Select(o => (o.Material, o.File.Attachment)));
        Assert.Empty(OneForm.Materials(item with { Materials = [] }, [Holding(File("N1", 1, "身份证", "Identity card", "a"))]));
        Assert.Empty(OneForm.Materials(item, []));
    }

    [Fact]
    public void OfEachMaterialTheFilesOfTheCaseThatGotOneLastAreOfferedNoContentTwice()
    {
        var item = Items.ShopLicence with { Materials = [Material("身份证", "Identity card")] };

        var offered = OneForm.Materials(
            item,
            [
                Holding(File("N3", 1, "户口簿", "Household register", "x", day: 9)),
                Holding(File("N2", 1, "身份证", "Identity card", "front", day: 2), File("N2", 2, "身份证", "Identity card", "back", day: 5), File("N2", 3, "身份证", "Identity card", "front", day: 6)),
                Holding(File("N1", 1, "身份证", "Identity card", "old", day: 4)),
            ]);

        Assert.Equal([("N2", 1, "front"), ("N2", 2, "back")], offered.Select(o => (o.File.Application, o.File.Attachment, o.File.Sha256)));
    }

    private static MaterialDefinition Material(string zh, string en) => new() { Zh = zh, En = en };

    private static HeldFile File(string application, int attachment, string zh, string en, string content, int day = 1) =>
        new(application, attachment, new LocalizedText(zh, en), "image/png", 9, content, DateTimeOffset.UnixEpoch.AddDays(day));

    private static HandedIn Holding(params HeldFile[] files) => Handed(files[0].Application, "{}") with { Files = [.. files] };

    private static HandedIn Handed(string application, string form) => new(application, "R1", DateTimeOffset.UnixEpoch, "李雷", null, form);

    private static FormSchema Read(string json)
    {
        Assert.Empty(FormSchema.Read(json, out var schema));
        return schema!;
    }
}
