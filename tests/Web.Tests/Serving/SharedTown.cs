namespace OneStop.Web.Tests.Serving;

/// <summary>One town for the classes that neither count what others did there nor change what others need.</summary>
[CollectionDefinition(nameof(SharedTown))]
public sealed class SharedTown : ICollectionFixture<MortalTown>;
