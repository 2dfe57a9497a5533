using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OneStop.EmbeddedRuntime;
using Orleans.Configuration;
using Orleans.Streams;

namespace Orleans.Hosting
{
    /// <summary>Streams in memory.</summary>
    public static class SiloBuilderMemoryStreamExtensions
    {
        /// <summary>Adds a stream provider. Items go straight to their observers: its settings for queues have no effect here.</summary>
        /// <param name="builder">The builder.</param>
        /// <param name="name">The provider's name.</param>
        /// <param name="configure">Settings.</param>
        public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name, Action<ISiloMemoryStreamConfigurator>? configure = null)
        {
            configure?.Invoke(new MemoryStreamConfigurator(name, builder.Services));
            return builder.ConfigureServices(s => s.AddKeyedSingleton<IStreamProvider>(
                name, (services, _) => new MemoryStreamProvider(name, services.GetRequiredService<GrainRuntime>())));
        }
    }

    /// <summary>Sets up a service by its name.</summary>
    public interface INamedServiceConfigurator
    {
        /// <summary>The name.</summary>
        string Name { get; }

        /// <summary>Adds services.</summary>
        Action<Action<IServiceCollection>> ConfigureDelegate { get; }
    }

    /// <summary>Sets up streams in memory.</summary>
    public interface IMemoryStreamConfigurator : INamedServiceConfigurator;

    /// <summary>Sets up streams that a silo serves.</summary>
    public interface ISiloPersistentStreamConfigurator : INamedServiceConfigurator;

    /// <summary>Sets up streams in memory that a silo serves.</summary>
    public interface ISiloMemoryStreamConfigurator : IMemoryStreamConfigurator, ISiloPersistentStreamConfigurator;

    /// <summary>Settings of streams in memory.</summary>
    public static class MemoryStreamConfiguratorExtensions
    {
        /// <summary>How many queues carry the streams. Has no effect here.</summary>
        /// <param name="configurator">The settings.</param>
        /// <param name="numOfQueues">How many.</param>
        public static void ConfigurePartitioning(this IMemoryStreamConfigurator configurator, int numOfQueues = 8)
        {
        }
    }

    /// <summary>Settings of streams that a silo serves.</summary>
    public static class SiloPersistentStreamConfiguratorExtensions
    {
        /// <summary>How the queues are emptied. Has no effect here.</summary>
        /// <param name="configurator">The settings.</param>
        /// <param name="configureOptions">Sets them.</param>
        public static void ConfigurePullingAgent(
            this ISiloPersistentStreamConfigurator configurator, Action<OptionsBuilder<StreamPullingAgentOptions>>? configureOptions = null) =>
            configurator.ConfigureDelegate(s => configureOptions?.Invoke(s.AddOptions<StreamPullingAgentOptions>(configurator.Name)));
    }
}

namespace Orleans.Configuration
{
    /// <summary>How queues of streams are emptied.</summary>
    public class StreamPullingAgentOptions
    {
        /// <summary>How often a queue is looked at. Has no effect here. Default: 100 ms.</summary>
        public TimeSpan GetQueueMsgsTimerPeriod { get; set; } = TimeSpan.FromMilliseconds(100);
    }
}
