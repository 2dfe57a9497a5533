namespace OneStop.Silo.Hosting;

/// <summary>How the town is served.</summary>
/// <param name="Data">Folder that holds the record and its keys.</param>
/// <param name="Urls">Where to listen.</param>
/// <param name="Postgres">Npgsql connection string; null keeps the record in SQLite.</param>
/// <param name="Town">File with the town's definition for a first start; null for the sample town.</param>
/// <param name="Empty">Whether to start without the sample town.</param>
/// <param name="Demo">Whether sample traffic runs through the town.</param>
internal sealed record ServeOptions(string Data, string Urls, string? Postgres, string? Town, bool Empty, bool Demo);
