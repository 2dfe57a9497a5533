using Microsoft.Playwright;

namespace OneStop.Web.Tests.Pages;

/// <summary>
/// The Chromium of this machine, started when the first page is opened. Nothing is downloaded: without one, the tests of
/// pages are skipped and say so.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    // The one without windows first: it draws the same pages with half of the work.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    private readonly SemaphoreSlim starting = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        starting.Dispose();
    }

    /// <summary>A visitor with a browser of their own.</summary>
    internal async Task<Visitor> VisitAsync(Uri address, string language = "en")
    {
        var context = await (await BrowserAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            Locale = language,
            ViewportSize = new ViewportSize { Width = 1600, Height = 900 },
            // What only moves is drawn sixty times a second, and no test waits for it.
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)Serving.Until.Most.TotalMilliseconds);
        return new Visitor(context, await context.NewPageAsync());
    }

    private async Task<IBrowser> BrowserAsync()
    {
        var program = Find();
        if (program is null) Assert.Skip("There is no Chromium on the path and ONESTOP_CHROMIUM does not name one.");
        await starting.WaitAsync();
        try
        {
            Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            playwright ??= await Playwright.CreateAsync();
            return browser ??= await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync",
                ],
            });
        }
        finally
        {
            starting.Release();
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ONESTOP_CHROMIUM") is { Length: > 0 } given) return given;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
