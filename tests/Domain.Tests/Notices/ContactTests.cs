using OneStop.Domain.Notices;

namespace OneStop.Domain.Tests.Notices;

public class ContactTests
{
    private static readonly HashSet<string> Departments = ["market"];

    [Theory]
    [InlineData("a@b.example", true)]
    [InlineData("first.last+tag@b-c.example", true)]
    [InlineData("no-at", false)]
    [InlineData("two@at@b", false)]
    [InlineData("a b@c", false)]
    [InlineData("a@b\r\nBcc: x@y", false)]
    [InlineData("<a@b>", false)]
    [InlineData("王@b.example", false)]
    [InlineData("a@", false)]
    [InlineData("a@b.example\n", false)]
    public void AnAddressCanStandInTheHeadOfAMessageOrIsNone(string text, bool isOne) =>
        Assert.Equal(isOne, Contact.IsEmail(text));

    [Fact]
    public void EveryFaultOfTheContactsIsNamed() => Assert.Equal(
        [
            "/contacts/0 required", "/contacts/1/department wrong-post", "/contacts/2/department wrong-post", "/contacts/3/department unknown-department",
            "/contacts/4/email malformed", "/contacts/4/phone malformed", "/contacts/6 repeated",
        ],
        Contact.Faults(
            [
                new Contact { Email = "a@b" },
                new Contact { Post = Post.Handler },
                new Contact { Post = Post.Mayor, Department = "market" },
                new Contact { Post = Post.Handler, Department = "sea" },
                new Contact { User = "x", Email = "nobody", Phone = "call me" },
                new Contact { Post = Post.Handler, Department = "market" },
                new Contact { Post = Post.Handler, Department = "market", User = "y" },
            ],
            Departments).Select(f => $"{f.Pointer} {f.Code}"));

    [Fact]
    public void TheScheduleDoublesUpToItsLongestPause() =>
        Assert.Equal([30, 60, 120, 1_920, 3_600, 3_600], new[] { 1, 2, 3, 7, 8, 1_000_000 }.Select(n => RetrySchedule.Default.PauseAfter(n).TotalSeconds));
}
