using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OneStop.EmbeddedRuntime;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Notices;
using OneStop.Grains.Tests.Applications;
using OneStop.Journal;
using OneStop.Journal.Sqlite;
using OneStop.Silo.Hosting;
using Orleans;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>A town under virtual time; its host can be stopped and started over the same record.</summary>
internal sealed class SimulatedTown : IDisposable
{
    private readonly TownFile file = new();
    private readonly CallFilter filter;
    private readonly Func<IJournal, IJournal> wrap;
    private readonly NoticeCarriers carriers;
    private IJournal? journal;
    private IHost? host;

    public SimulatedTown(
        DateTimeOffset start, CallFilter? filter = null, NoticeCarriers? carriers = null, Func<IJournal, IJournal>? wrap = null)
    {
        this.carriers = carriers ?? NoticeCarriers.None;
        this.wrap = wrap ?? (inner => inner);
        Simulation = new Simulation(new SimulationOptions { Seed = 1, Start = start });
        this.filter = filter ?? new CallFilter();
        Start();
    }

    public Simulation Simulation { get; }

    public IJournal Journal => journal!;

    public NoticeDesk Desk => host!.Services.GetRequiredService<NoticeDesk>();

    public IGrainFactory Grains => host!.Services.GetRequiredService<IGrainFactory>();

    public void Start()
    {
        journal = Simulation.Run(() => SqliteJournal.OpenAsync(
            file.Database, Town.JournalOptions(TestTown.MasterKey, Simulation.Clock, Simulation.Scheduler)).AsTask());
        journal = wrap(journal);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(carriers);
        builder.Services.AddTown(journal, TestTown.MasterKey);
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(filter);
        builder.AddGrains(Simulation);
        host = builder.Build();
        Simulation.Run(() => TestTown.LoadDefinitionsAsync(host.Services));
    }

    public void Stop()
    {
        Simulation.Run(async () =>
        {
            foreach (var service in host!.Services.GetServices<IHostedService>()) await service.StopAsync(CancellationToken.None);
            await journal!.DisposeAsync();
        });
        host!.Dispose();
        host = null;
    }

    public IApplicationGrain Case(string number) => Grains.GetGrain<IApplicationGrain>(number);

    /// <summary>Receives and accepts a case now.</summary>
    public void Accept(string number) => Simulation.Run(async () =>
    {
        await Case(number).Receive(Command.By("public"), Domain.Applications.Actor.Public, CaseTown.Intake("shop-licence"));
        await Case(number).DoAsync(CaseTown.Clerk, new Domain.Applications.AcceptApplication());
    });

    /// <summary>The cards of a case, the earliest first.</summary>
    public IReadOnlyList<CardRecord> Cards(string? number = null) => Simulation.Run(async () =>
    {
        var cards = await Grains.GetGrain<IRecordsGrain>(IRecordsGrain.Key).Cards(new CardQuestion(null, null, null, null, 10_000));
        return (IReadOnlyList<CardRecord>)[.. cards.Where(card => number is null || card.Application == number).OrderBy(card => card.IssuedAt)];
    });

    public void Dispose()
    {
        if (host is not null) Stop();
        file.Dispose();
    }
}
