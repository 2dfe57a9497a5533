using Microsoft.Playwright;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Pages;

/// <summary>Somebody in front of a page, and what the page complained of.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error") complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => complaints;

    public async Task OpenAsync(string path) => await Page.GotoAsync(path);

    public async Task SignInAsync(string user)
    {
        await Page.GetByLabel("User name").FillAsync(user);
        await Page.GetByLabel("Password").FillAsync(ServerProcess.Password);
        await PressAsync("Sign in");
    }

    public async Task PressAsync(string button) => await Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    /// <summary>Waits for a text to stand on the page, without loading it anew.</summary>
    public async Task SeesAsync(string text, bool exact = false) =>
        await Page.GetByText(text, new() { Exact = exact }).First.WaitForAsync();

    /// <summary>Waits until the page's feed is live: what happens from now on must show by itself.</summary>
    public Task IsLiveAsync() => SeesAsync("Live", exact: true);

    /// <summary>Has this display paired, as a clerk in front of it and an administrator at a desk do.</summary>
    public async Task PairAsync(TownFixture town, string name)
    {
        await PressAsync("Pair this display");
        await town.ConfirmAsync(await CodeAsync(), name);
        await SeesAsync("Paired: " + name);
    }

    /// <summary>The pairing code that the display shows.</summary>
    public Task<string> CodeAsync() => Page.Locator(".pairing .code [aria-hidden]").InnerTextAsync();

    public void AssertNoComplaints() => Assert.Empty(complaints);

    /// <summary>The same, for pages that ask who is signed in: a browser writes down the answer that nobody is.</summary>
    public void AssertNoComplaintsButSigningIn() => Assert.DoesNotContain(complaints, c => !c.Contains("401", StringComparison.Ordinal));

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
