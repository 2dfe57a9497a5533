using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.FileProviders;
using OneStop.WebFrontend.Applications;
using OneStop.WebFrontend.Archive;
using OneStop.WebFrontend.Attachments;
using OneStop.WebFrontend.Calendars;
using OneStop.WebFrontend.Feeds;
using OneStop.WebFrontend.Halls;
using OneStop.WebFrontend.Health;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Licences;
using OneStop.WebFrontend.Metrics;
using OneStop.WebFrontend.Notices;
using OneStop.WebFrontend.Payments;
using OneStop.WebFrontend.PreNotices;
using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Receipts;
using OneStop.WebFrontend.Rollouts;
using OneStop.WebFrontend.Sessions;
using OneStop.WebFrontend.Supervision;

namespace OneStop.WebFrontend;

/// <summary>Puts the web frontend into a host.</summary>
public static class WebFrontendHosting
{
    private static readonly string[] NotPages = ["/api", "/hubs", "/openapi", "/health", "/metrics", "/assets"];

    /// <summary>Adds its services.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="keys">Where the keys that protect sessions are kept, so that they outlive a restart.</param>
    public static IServiceCollection AddWebFrontend(this IServiceCollection services, DirectoryInfo keys)
    {
        services.AddDataProtection().SetApplicationName("OneStop").PersistKeysToFileSystem(keys);
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.Cookie.Name = "onestop";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
        });
        services.ConfigureHttpJsonOptions(options => ApiJson.Make(options.SerializerOptions));
        services.AddSignalR(options => options.MaximumReceiveMessageSize = 16 * 1024).AddJsonProtocol(options =>
            options.PayloadSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase);
        services.AddSingleton<QueryCodeGuard>();
        services.AddSingleton<FeedRelayMeasures>();
        services.AddSingleton<FeedRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedRelay>());
        services.AddOpenApi(static options => options.AddDocumentTransformer(static (document, _, _) =>
        {
            // Otherwise it is the program's name, and the program of a test is another one.
            document.Info.Title = "OneStop";
            return Task.CompletedTask;
        }));
        services.AddSingleton<MetricsCollector>();
        return services;
    }

    /// <summary>Maps its routes, its hub and its pages.</summary>
    public static void UseWebFrontend(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        ServePages(app);
        app.UseAuthentication();
        TicketEndpoints.Map(app);
        ReceiptEndpoints.Map(app);
        CaseReceiptEndpoints.Map(app);
        CounterEndpoints.Map(app);
        HallFiguresEndpoints.Map(app);
        DisplayEndpoints.Map(app);
        AppointmentEndpoints.Map(app);
        RatingEndpoints.Map(app);
        DirectoryEndpoints.Map(app);
        SessionEndpoints.Map(app);
        ApplicationEndpoints.Map(app);
        AttachmentEndpoints.Map(app);
        MaterialReuseEndpoints.Map(app);
        TaskEndpoints.Map(app);
        ReportEndpoints.Map(app);
        OneFormEndpoints.Map(app);
        CatalogueEndpoints.Map(app);
        CalendarEndpoints.Map(app);
        PreNoticeEndpoints.Map(app);
        LicenceEndpoints.Map(app);
        ArchiveEndpoints.Map(app);
        PersonalDataEndpoints.Map(app);
        FeeEndpoints.Map(app);
        RolloutEndpoints.Map(app);
        SupervisionEndpoints.Map(app);
        CardEndpoints.Map(app);
        PerformanceEndpoints.Map(app);
        NoticeEndpoints.Map(app);
        PublicityEndpoints.Map(app);
        app.MapHub<BoardHub>("/hubs/board", options => options.Transports = HttpTransportType.WebSockets);
        app.MapOpenApi();
        HealthEndpoints.Map(app);
        MetricsEndpoint.Map(app);
    }

    private static void ServePages(WebApplication app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(folder)) return;
        var pages = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = pages,
            OnPrepareResponse = context =>
            {
                // Names under assets/ change with their content; the page itself must be asked for each time.
                var forever = context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal);
                context.Context.Response.Headers.CacheControl = forever ? "public, max-age=31536000, immutable" : "no-cache";
            },
        });
        // No fallback route: it would answer for the methods that another route does not take, and hide the files above.
        app.Use(async (context, next) =>
        {
            if (context.GetEndpoint() is not null || !IsPage(context.Request))
            {
                await next(context);
                return;
            }

            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "no-cache";
            await context.Response.SendFileAsync(pages.GetFileInfo("index.html"));
        });
    }

    private static bool IsPage(HttpRequest request) => (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !NotPages.Any(start => request.Path.StartsWithSegments(start, StringComparison.Ordinal));
}
