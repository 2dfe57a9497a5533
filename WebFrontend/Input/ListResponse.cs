using System.Collections.Immutable;

namespace OneStop.WebFrontend.Input;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page; null when this is the last.</param>
public sealed record ListResponse<T>(ImmutableArray<T> Items, string? Next);
