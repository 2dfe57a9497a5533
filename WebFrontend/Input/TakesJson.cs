using Microsoft.AspNetCore.Http.Metadata;

namespace OneStop.WebFrontend.Input;

/// <summary>Describes a JSON body without refusing callers who do not name its type: what is not JSON is refused when it is read.</summary>
internal static class TakesJsonExtensions
{
    /// <summary>The route takes this body.</summary>
    public static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder route) => route.WithMetadata(new Body(typeof(T)));

    private sealed record Body(Type RequestType) : IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes { get; } = ["application/json", "*/*"];

        public bool IsOptional => true;

        Type? IAcceptsMetadata.RequestType => RequestType;
    }
}
