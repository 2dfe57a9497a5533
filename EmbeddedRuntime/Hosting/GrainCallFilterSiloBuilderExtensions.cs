using Microsoft.Extensions.DependencyInjection;
using OneStop.EmbeddedRuntime;

namespace Orleans.Hosting;

/// <summary>Filters before all grains.</summary>
public static class GrainCallFilterSiloBuilderExtensions
{
    /// <summary>Adds a filter; filters are passed in the order in which they were added.</summary>
    /// <typeparam name="TImplementation">The filter, made by the host's services.</typeparam>
    /// <param name="builder">The builder.</param>
    public static ISiloBuilder AddIncomingGrainCallFilter<TImplementation>(this ISiloBuilder builder)
        where TImplementation : class, IIncomingGrainCallFilter =>
        builder.ConfigureServices(s => s.AddSingleton<IIncomingGrainCallFilter, TImplementation>());

    /// <summary>Adds a filter; filters are passed in the order in which they were added.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="filter">The filter.</param>
    public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IIncomingGrainCallFilter filter) =>
        builder.ConfigureServices(s => s.AddSingleton(filter));

    /// <summary>Adds a filter; filters are passed in the order in which they were added.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="filter">The filter.</param>
    public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IncomingGrainCallFilterDelegate filter) =>
        builder.AddIncomingGrainCallFilter(new DelegateFilter(filter));
}
