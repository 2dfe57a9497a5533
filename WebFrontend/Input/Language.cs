using Microsoft.AspNetCore.Http;

namespace OneStop.WebFrontend.Input;

/// <summary>The language a caller wants to read.</summary>
internal static class Language
{
    /// <summary>Chinese unless English is named first in <c>Accept-Language</c>.</summary>
    public static bool IsChinese(HttpContext context) =>
        !context.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase);
}
