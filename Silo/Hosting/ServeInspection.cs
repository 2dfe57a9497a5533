using System.Collections.Immutable;
using System.Net;
using Npgsql;

namespace OneStop.Silo.Hosting;

/// <summary>Looks at what was asked for before anything starts.</summary>
internal static class ServeInspection
{
    private const int LongestName = 100;

    /// <summary>Every fault, each as a line that says what to do; empty when there is none.</summary>
    public static ImmutableArray<string> Faults(ServeOptions options)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        if (options.Postgres is { } connection && PostgresFault(connection) is { } fault) faults.Add(fault);
        faults.AddRange(options.Notices.Faults());
        faults.AddRange(options.Payments.Faults());
        if (options.Cluster is not { } cluster) return faults.ToImmutable();

        if (!GrainHosting.HasClusters)
            faults.Add("This build serves one machine; a cluster needs the one made with -p:GrainRuntime=Orleans.");
        if (options.Postgres is null) faults.Add("A cluster keeps its record in PostgreSQL: give --postgres.");
        if (cluster.Name.Length is 0 or > LongestName || !cluster.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            faults.Add($"--cluster: 1 to {LongestName} letters, digits, hyphens and underscores, not '{cluster.Name}'.");
        if (PortFault("--silo-port", cluster.SiloPort) is { } siloPort) faults.Add(siloPort);
        if (PortFault("--gateway-port", cluster.GatewayPort) is { } gatewayPort) faults.Add(gatewayPort);
        if (cluster.SiloPort != 0 && cluster.SiloPort == cluster.GatewayPort)
            faults.Add("--silo-port and --gateway-port must differ.");
        if (!IPAddress.TryParse(cluster.Advertise, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            faults.Add($"--advertise: an IP address at which others reach this silo, not '{cluster.Advertise}'.");
        if (cluster.Client && (options.Town is not null || options.Empty))
            faults.Add("--client starts no town: give --town or --empty to the silos.");
        return faults.ToImmutable();
    }

    private static string? PortFault(string option, int port) => port is >= 0 and <= IPEndPoint.MaxPort
        ? null
        : $"{option}: a port from 1 to {IPEndPoint.MaxPort}, or 0 for a free one, not {port}.";

    private static string? PostgresFault(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection).Host is null ? "--postgres: the connection string names no Host." : null;
        }
        catch (ArgumentException e)
        {
            return "--postgres: " + e.Message;
        }
    }
}
