using Microsoft.Extensions.DependencyInjection.Extensions;
using OneStop.Grains.Applications;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Measures;
using OneStop.Grains.Notices;
using OneStop.Grains.Payments;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Silo.Hosting;

/// <summary>What every host of the grains needs, whichever runtime carries them.</summary>
public static class Town
{
    /// <summary>Adds the record and the definitions.</summary>
    public static IServiceCollection AddTown(this IServiceCollection services, IJournal journal, byte[] masterKey)
    {
        services.AddSingleton<IJournal>(provider => ActivatorUtilities.CreateInstance<AvailableJournal>(provider, journal));
        services.AddSingleton(new Pseudonyms(masterKey));
        services.TryAddSingleton(NoticeCarriers.None);
        services.AddSingleton<NoticeDesk>();
        services.AddSingleton<DeliveryTurns>();
        services.TryAddSingleton<IPaymentGateway, NoPaymentGateway>();
        return services.AddDefinitions();
    }

    /// <summary>Adds the definitions alone: all that a process without grains needs.</summary>
    public static IServiceCollection AddDefinitions(this IServiceCollection services)
    {
        services.AddSingleton<Definitions>();
        services.AddSingleton<TownMeasures>();
        services.AddSingleton<TownDirectory>(provider => provider.GetRequiredService<Definitions>());
        return services;
    }

    /// <summary>How the journal is opened.</summary>
    public static JournalOptions JournalOptions(byte[] masterKey, TimeProvider time, TaskScheduler? scheduler = null) => new()
    {
        Tables = Tables.All,
        MasterKey = masterKey,
        Time = time,
        Scheduler = scheduler,
    };
}
