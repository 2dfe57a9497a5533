using System.Text;
using OneStop.Domain.Attachments;

namespace OneStop.Domain.Tests.Attachments;

/// <summary>What a file is, by its content, and what it is called.</summary>
public sealed class FileTests
{
    [Theory]
    [InlineData("application/pdf", "255044462D312E37")]
    [InlineData("image/jpeg", "FFD8FFE000104A46")]
    [InlineData("image/jpeg", "FFD8FFE1")]
    [InlineData("image/png", "89504E470D0A1A0A")]
    [InlineData("image/tiff", "49492A0008000000")]
    [InlineData("image/tiff", "4D4D002A00000008")]
    public void TheContentTellsTheType(string type, string start)
    {
        Assert.Equal(type, FileFormats.TypeOf(Convert.FromHexString(start), null));
        Assert.Equal(type, FileFormats.TypeOf(Convert.FromHexString(start), type));
        Assert.Equal(type, FileFormats.TypeOf(Convert.FromHexString(start), "application/octet-stream"));
    }

    [Theory]
    [InlineData("504B030414000600")]
    [InlineData("3C68746D6C3E0A3C")]
    [InlineData("4D5A900003000000")]
    [InlineData("20255044462D312E")]
    [InlineData("89504E470D0A1A")]
    [InlineData("FFD8")]
    [InlineData("4749463839613A00")]
    public void AnythingElseIsRefusedWhateverItIsCalled(string start)
    {
        foreach (var claimed in new[] { null, "application/pdf", "image/png", "text/html" })
            Assert.Equal("unsupported-type", Refusal(() => FileFormats.TypeOf(Convert.FromHexString(start), claimed)));
    }

    [Fact]
    public void AFileThatIsCalledAnotherTypeThanItIsIsRefused()
    {
        Assert.Equal("type-mismatch", Refusal(() => FileFormats.TypeOf(Convert.FromHexString("89504E470D0A1A0A"), "application/pdf")));
        Assert.Equal("type-mismatch", Refusal(() => FileFormats.TypeOf("%PDF-1.7"u8, "image/jpeg")));
    }

    [Fact]
    public void AnEmptyFileIsRefused() => Assert.Equal("validation", Refusal(() => FileFormats.TypeOf([], "application/pdf")));

    [Theory]
    [InlineData("scan.pdf", "scan.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\扫描\\身份证 正面.jpg", "身份证 正面.jpg")]
    [InlineData("a\r\nSet-Cookie: x=y.pdf", "aSet-Cookie: x=y.pdf")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("he said \"hi\".png", "he said \"hi\".png")]
    [InlineData("  𠮷.tif ", "𠮷.tif")]
    [InlineData(".htaccess", ".htaccess")]
    public void ANameHasNoFolderAndNothingInvisible(string given, string kept) => Assert.Equal(kept, FileName.Of(given));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData("folder/")]
    [InlineData("a/..")]
    [InlineData("\u0000\u0001")]
    public void WithoutANameItIsRefused(string? given) => Assert.Equal("validation", Refusal(() => FileName.Of(given)));

    [Fact]
    public void ANameHas200CharactersAtMostAndNoHalves()
    {
        Assert.Equal(200, FileName.Of(new string('文', 200)).Length);
        Assert.Equal("validation", Refusal(() => FileName.Of(new string('文', 201))));
        // Strict encoding throws on what is no character.
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(FileName.Of("a\uD83D.pdf"));
    }

    private static string Refusal(Action action) => Assert.Throws<OneStopException>(action).Code;
}
