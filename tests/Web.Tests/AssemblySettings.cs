// Each class starts a server of its own; several at once on a small machine would only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
