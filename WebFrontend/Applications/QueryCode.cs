using OneStop.WebFrontend.Sessions;

namespace OneStop.WebFrontend.Applications;

/// <summary>The code by which an applicant asks for a case.</summary>
internal static class QueryCode
{
    /// <summary>The code that came with a request. Staff need none: null. A visitor without one has the empty code, which is nobody's.</summary>
    public static string? Of(HttpContext context) => context.User.Account() is not null ? null : context.Request.Headers["X-Query-Code"].ToString();
}
