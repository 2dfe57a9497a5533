using Microsoft.AspNetCore.Http;
using OneStop.Domain.Accounts;

namespace OneStop.WebFrontend.Sessions;

/// <summary>Who may use a staff route.</summary>
internal static class Staff
{
    /// <summary>The signed-in account with one of these roles; a call that changes something must carry the anti-forgery token.</summary>
    public static Account Of(HttpContext context, params ReadOnlySpan<string> roles)
    {
        var account = context.User.Require(roles);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) SessionEndpoints.RequireAntiforgery(context);
        return account;
    }
}
