using System.Net;
using Orleans.Configuration;

namespace Orleans.Hosting
{
    /// <summary>Where the process stands among others. Here there are no others.</summary>
    public static class CoreHostingExtensions
    {
        /// <summary>Says that one process is meant, which is all this runtime knows: no port is opened.</summary>
        /// <param name="builder">The builder.</param>
        /// <param name="siloPort">Not used.</param>
        /// <param name="gatewayPort">Not used.</param>
        /// <param name="primarySiloEndpoint">Not used.</param>
        /// <param name="serviceId">Not used.</param>
        /// <param name="clusterId">Not used.</param>
        public static ISiloBuilder UseLocalhostClustering(
            this ISiloBuilder builder,
            int siloPort = 11111,
            int gatewayPort = 30000,
            IPEndPoint? primarySiloEndpoint = null,
            string serviceId = "dev",
            string clusterId = "dev") => builder;
    }

    /// <summary>Storage for the model's own records.</summary>
    public static class MemoryGrainStorageSiloBuilderExtensions
    {
        /// <summary>Accepted so that host code can look alike: stream subscriptions live in memory without it.</summary>
        /// <param name="builder">The builder.</param>
        /// <param name="name">Not used.</param>
        /// <param name="configureOptions">Not used.</param>
        public static ISiloBuilder AddMemoryGrainStorage(
            this ISiloBuilder builder, string name, Action<MemoryGrainStorageOptions> configureOptions) => builder;

        /// <summary>Accepted so that host code can look alike: stream subscriptions live in memory without it.</summary>
        /// <param name="builder">The builder.</param>
        /// <param name="name">Not used.</param>
        /// <param name="configureOptions">Not used.</param>
        public static ISiloBuilder AddMemoryGrainStorage(
            this ISiloBuilder builder,
            string name,
            Action<Microsoft.Extensions.Options.OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null) => builder;
    }
}

namespace Orleans.Configuration
{
    /// <summary>Has no setting here.</summary>
    public class MemoryGrainStorageOptions;
}
