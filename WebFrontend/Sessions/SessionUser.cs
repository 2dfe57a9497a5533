using System.Security.Claims;
using OneStop.Domain;
using OneStop.Domain.Accounts;

namespace OneStop.WebFrontend.Sessions;

/// <summary>Accounts to claims and back.</summary>
internal static class SessionUser
{
    public const string AntiforgeryClaim = "antiforgery";
    private const string Department = "department";
    private const string Hall = "hall";
    private const string Counter = "counter";

    public static ClaimsPrincipal Principal(Account account, string antiforgery, string scheme)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, account.User), new(AntiforgeryClaim, antiforgery) };
        claims.AddRange(account.Roles.Select(role => new Claim(ClaimTypes.Role, role)));
        if (account.Department is not null) claims.Add(new Claim(Department, account.Department));
        if (account.Hall is not null) claims.Add(new Claim(Hall, account.Hall));
        if (account.Counter is not null) claims.Add(new Claim(Counter, account.Counter));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>The signed-in account; null when nobody is.</summary>
    public static Account? Account(this ClaimsPrincipal principal) => principal.Identity is { IsAuthenticated: true, Name: { } user }
        ? new Account(
            user,
            [.. principal.FindAll(ClaimTypes.Role).Select(claim => claim.Value)],
            principal.FindFirstValue(Department),
            principal.FindFirstValue(Hall),
            principal.FindFirstValue(Counter))
        : null;

    /// <summary>The signed-in account, which must have one of these roles; none named means any staff.</summary>
    /// <exception cref="OneStopException"><c>not-signed-in</c> or <c>not-allowed</c>.</exception>
    public static Account Require(this ClaimsPrincipal principal, params ReadOnlySpan<string> roles)
    {
        var account = principal.Account() ?? throw new OneStopException(RefusalKind.NotSignedIn, "not-signed-in", "Sign in first.");
        if (roles.IsEmpty) return account;
        foreach (var role in roles)
            if (account.Roles.Contains(role))
                return account;
        throw Refusals.NotAllowed("Your account does not have the role for this.");
    }
}
