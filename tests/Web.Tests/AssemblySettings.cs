// Each class starts a server of its own, and most of its time it waits for it, for a page or for a deadline: two at once
// fill a small machine, more would only slow each other down.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace OneStop.Web.Tests;

/// <summary>What needs the machine for itself: it holds the program to a rate.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
