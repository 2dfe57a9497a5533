using System.CommandLine;
using OneStop.Silo.Hosting;

namespace OneStop.Silo.Commands;

/// <summary>The options of <c>serve</c> that concern a cluster.</summary>
internal sealed class ClusterArguments
{
    private static readonly ClusterSettings Defaults = new();

    private readonly Option<string?> name = new("--cluster") { Description = $"The cluster's name (default {Defaults.Name}); its silos share one PostgreSQL." };
    private readonly Option<int?> siloPort = new("--silo-port") { Description = "Port for other silos (default: a free one)." };
    private readonly Option<int?> gatewayPort = new("--gateway-port") { Description = "Port for clients of the cluster (default: a free one)." };
    private readonly Option<string?> advertise = new("--advertise") { Description = $"IP address at which others reach this silo (default {Defaults.Advertise})." };
    private readonly Option<bool> client = new("--client") { Description = "Serve the web for the cluster's silos, without being one." };
    private readonly Option<string?> masterKey = new("--master-key")
    {
        Description = $"File with the master key, base64 (or the variable {MasterKey.Variable}); the same for every process of a cluster.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[name, siloPort, gatewayPort, advertise, client, masterKey]) command.Options.Add(option);
    }

    /// <summary>The options with what was asked for. With PostgreSQL the Orleans build is always a cluster, if only of one.</summary>
    public ServeOptions Read(ParseResult parsed, ServeOptions options)
    {
        var asked = ((Option[])[name, siloPort, gatewayPort, advertise, client]).Any(option => parsed.GetResult(option) is { Implicit: false });
        return options with
        {
            MasterKeyFile = parsed.GetValue(masterKey),
            Cluster = !asked && !(GrainHosting.HasClusters && options.Postgres is not null) ? null : new ClusterSettings
            {
                Name = parsed.GetValue(name) ?? Defaults.Name,
                SiloPort = parsed.GetValue(siloPort) ?? Defaults.SiloPort,
                GatewayPort = parsed.GetValue(gatewayPort) ?? Defaults.GatewayPort,
                Advertise = parsed.GetValue(advertise) ?? Defaults.Advertise,
                Client = parsed.GetValue(client),
            },
        };
    }
}
