using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Notices;
using OneStop.Journal;
using OneStop.Journal.Sqlite;
using OneStop.Silo.Hosting;
using Orleans;

namespace OneStop.Grains.Tests;

/// <summary>A running town: the real grains over a real journal, registered as in production, on either runtime.</summary>
internal sealed class TestTown : IAsyncDisposable
{
    private readonly IHost host;

    private TestTown(IHost host, IJournal journal) => (this.host, Journal) = (host, journal);

    /// <summary>The key that wraps applicants' keys; the same at every start.</summary>
    public static byte[] MasterKey { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public IJournal Journal { get; }

    public IServiceProvider Services => host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts it.</summary>
    /// <param name="database">A file, to start again over the same record. Default: in memory.</param>
    /// <param name="wrap">Puts something before the journal. Default: nothing.</param>
    /// <param name="filter">Sees every call that comes to a grain. Default: nobody does.</param>
    /// <param name="carriers">The channels of notices. Default: none.</param>
    /// <param name="clock">Its clock. Default: the machine's.</param>
    public static async Task<TestTown> StartAsync(
        string database = ":memory:",
        Func<IJournal, IJournal>? wrap = null,
        IIncomingGrainCallFilter? filter = null,
        NoticeCarriers? carriers = null,
        TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        var journal = await SqliteJournal.OpenAsync(database, Town.JournalOptions(MasterKey, clock));
        if (wrap is not null) journal = wrap(journal);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(carriers ?? NoticeCarriers.None);
        builder.Services.AddTown(journal, MasterKey);
        if (filter is not null) builder.Services.AddSingleton(filter);
        builder.AddGrains();
        var town = new TestTown(builder.Build(), journal);
        await town.host.StartAsync();
        await LoadDefinitionsAsync(town.Services);
        return town;
    }

    /// <summary>Takes the definitions into force, as the first or a later start does.</summary>
    public static async Task LoadDefinitionsAsync(IServiceProvider services)
    {
        var catalogue = services.GetRequiredService<IGrainFactory>().GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);
        if (await catalogue.Current() is null) await catalogue.Define(Command.By("admin"), TownDefinitions.Town);
        await services.GetRequiredService<Definitions>().ReadAsync(services.GetRequiredService<IJournal>());
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await Journal.DisposeAsync();
    }
}
