// Each class starts a server of its own, and most of its time it waits for it, for a page or for a deadline: two at once
// fill a small machine, more would only slow each other down.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
// One browser for all pages; each visitor has a context of their own.
[assembly: AssemblyFixture(typeof(OneStop.Web.Tests.Pages.Chromium))]
