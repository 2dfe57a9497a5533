using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OneStop.Domain;
using OneStop.Grains.Interfaces.Accounts;
using OneStop.WebFrontend.Input;
using OneStop.WebFrontend.Problems;
using Orleans;

namespace OneStop.WebFrontend.Sessions;

/// <summary>Signing in and out.</summary>
internal static class SessionEndpoints
{
    public const string AntiforgeryHeader = "X-CSRF";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/api/session").WithTags("session");
        session.MapPost("", (Delegate)SignInAsync).TakesJson<SignInRequest>().Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests);
        session.MapGet("", (Delegate)Current).Produces<SessionResponse>().Refuses(StatusCodes.Status401Unauthorized);
        session.MapDelete("", (Delegate)SignOutAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Refuses a state-changing call of a browser session that does not carry its anti-forgery token.</summary>
    public static void RequireAntiforgery(HttpContext context)
    {
        var expected = context.User.FindFirstValue(SessionUser.AntiforgeryClaim) ?? "";
        var given = context.Request.Headers[AntiforgeryHeader].ToString();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given)))
            throw new OneStopException(RefusalKind.NotAllowed, "antiforgery", $"Send the session's anti-forgery token as {AntiforgeryHeader}; GET /api/session gives it.");
    }

    private static async Task<IResult> SignInAsync(HttpContext context, IGrainFactory grains)
    {
        var (request, _) = await Body.ReadAsync<SignInRequest>(context.Request);
        var account = await grains.GetGrain<IAccountGrain>("user-" + request.User.ToLowerInvariant()).SignIn(request.Password)
            ?? throw new OneStopException(RefusalKind.NotSignedIn, "wrong-password", "User or password is wrong.");
        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            SessionUser.Principal(account, Commands.Secret(), CookieAuthenticationDefaults.AuthenticationScheme));
        return Results.NoContent();
    }

    private static IResult Current(HttpContext context)
    {
        var account = context.User.Require();
        return Results.Json(
            new SessionResponse(
                account.User,
                account.Roles,
                account.Department,
                account.Hall,
                account.Counter,
                context.User.FindFirstValue(SessionUser.AntiforgeryClaim)!),
            ApiJson.Options);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        if (context.User.Account() is not null) RequireAntiforgery(context);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.NoContent();
    }

    /// <summary>Who signs in.</summary>
    public sealed record SignInRequest([property: MaxLength(100)] string User, [property: MaxLength(200)] string Password);

    /// <summary>Who is signed in.</summary>
    public sealed record SessionResponse(
        string User, IReadOnlyList<string> Roles, string? Department, string? Hall, string? Counter, string Antiforgery);
}
