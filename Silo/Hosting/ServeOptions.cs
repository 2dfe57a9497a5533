using OneStop.Silo.Notices;
using OneStop.Silo.Observability;
using OneStop.Silo.Payments;

namespace OneStop.Silo.Hosting;

/// <summary>How the town is served.</summary>
/// <param name="Data">Folder that holds the record and its keys.</param>
/// <param name="Urls">Where to listen.</param>
/// <param name="Postgres">Npgsql connection string; null keeps the record in SQLite.</param>
/// <param name="Town">File or folder with the town's definition for a first start; null for the sample town.</param>
/// <param name="Empty">Whether to start without the sample town.</param>
/// <param name="Demo">Whether sample traffic runs through the town.</param>
internal sealed record ServeOptions(string Data, string Urls, string? Postgres, string? Town, bool Empty, bool Demo)
{
    /// <summary>File with the master key; the variable <c>ONESTOP_MASTER_KEY</c> goes before it. Default: one made in the data folder.</summary>
    public string? MasterKeyFile { get; init; }

    /// <summary>The part in a cluster. Default: null, this process alone.</summary>
    public ClusterSettings? Cluster { get; init; }

    /// <summary>How logs are written. Default: simple.</summary>
    public LogFormat Log { get; init; }

    /// <summary>The channels of notices. Default: none, they are shown on screen only.</summary>
    public NoticeSettings Notices { get; init; } = new();

    /// <summary>The payment gateway. Default: none, fees are paid at the cashier.</summary>
    public PaymentSettings Payments { get; init; } = new();

    /// <summary>Whether this process hosts grains; otherwise it serves the web for silos elsewhere.</summary>
    public bool HostsGrains => Cluster is not { Client: true };
}
