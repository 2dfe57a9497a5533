namespace OneStop.Silo.Hosting;

/// <summary>This process's part in a cluster.</summary>
internal sealed record ClusterSettings
{
    /// <summary>The cluster's name: silos of one name and one database find each other. Default: <c>onestop</c>.</summary>
    public string Name { get; init; } = "onestop";

    /// <summary>TCP port for other silos; 0 takes a free one. Default: 0.</summary>
    public int SiloPort { get; init; }

    /// <summary>TCP port for clients of the cluster; 0 takes a free one. Default: 0.</summary>
    public int GatewayPort { get; init; }

    /// <summary>The IP address at which the others reach this silo. Default: <c>127.0.0.1</c>.</summary>
    public string Advertise { get; init; } = "127.0.0.1";

    /// <summary>Whether this process only serves the web and has no silo. Default: false.</summary>
    public bool Client { get; init; }
}
