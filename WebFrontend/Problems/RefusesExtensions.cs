namespace OneStop.WebFrontend.Problems;

/// <summary>Describes how a route refuses.</summary>
internal static class RefusesExtensions
{
    /// <summary>The route, or each route of a group, may answer with a problem of each of these statuses.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder route, params ReadOnlySpan<int> statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.MediaType]));
        return route;
    }
}
