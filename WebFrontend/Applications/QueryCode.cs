using OneStop.WebFrontend.Problems;
using OneStop.WebFrontend.Sessions;

namespace OneStop.WebFrontend.Applications;

/// <summary>The code by which an applicant asks for a case.</summary>
internal static class QueryCode
{
    /// <summary>Describes a route on which applicants show their code: one that does not fit is an unknown case, and after too many none is looked at.</summary>
    public static RouteHandlerBuilder TakesQueryCode(this RouteHandlerBuilder route) =>
        route.Refuses(StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests);

    /// <summary>Asks a case with the code that came with a request; wrong ones are counted (<see cref="QueryCodeGuard"/>).</summary>
    /// <param name="context">The request.</param>
    /// <param name="number">The acceptance number.</param>
    /// <param name="ask">Asks with the code; staff need none: null.</param>
    public static Task<T> AskAsync<T>(HttpContext context, string number, Func<string?, Task<T>> ask) =>
        AskAsync(context, number, context.Request.Headers["X-Query-Code"].ToString(), ask);

    /// <summary>The same with a code that stands elsewhere. A visitor without one has the empty code, which is nobody's and no guess.</summary>
    public static Task<T> AskAsync<T>(HttpContext context, string number, string code, Func<string?, Task<T>> ask)
    {
        if (context.User.Account() is not null) return ask(null);
        return code.Length == 0
            ? ask(code)
            : context.RequestServices.GetRequiredService<QueryCodeGuard>().AskAsync(number, context.Connection.RemoteIpAddress, () => ask(code));
    }
}
