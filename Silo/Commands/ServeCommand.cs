using System.CommandLine;
using OneStop.Domain.Catalogue;
using OneStop.Journal;
using OneStop.Journal.Postgres;
using OneStop.Journal.Sqlite;
using OneStop.Silo.Hosting;
using OneStop.Silo.Observability;
using OneStop.Silo.Sample;
using OneStop.WebFrontend;

namespace OneStop.Silo.Commands;

/// <summary>Serves the town: the default command.</summary>
internal static class ServeCommand
{
    private const int MaxBodyBytes = 2 << 20;

    public static void AddTo(RootCommand root)
    {
        var data = new Option<string>("--data") { Description = "Folder that holds the record and its keys.", DefaultValueFactory = _ => "data" };
        var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://localhost:8080" };
        var postgres = new Option<string?>("--postgres") { Description = "Keep the record in PostgreSQL: an Npgsql connection string." };
        var town = new Option<string?>("--town") { Description = "A first start loads this town definition (JSON) instead of the sample town." };
        var empty = new Option<bool>("--empty") { Description = "Start bare, without the sample town." };
        var demo = new Option<bool>("--demo") { Description = "Keep sample traffic running through the town." };
        var log = new Option<LogFormat>("--log") { Description = "How logs are written: simple, or json for what collects them." };
        foreach (var command in new Command[] { root, new Command("serve", "Serve the town (also without a command).") })
        {
            command.Options.Add(data);
            command.Options.Add(urls);
            command.Options.Add(postgres);
            command.Options.Add(town);
            command.Options.Add(empty);
            command.Options.Add(demo);
            command.Options.Add(log);
            command.SetAction((parsed, cancellation) => RunAsync(
                new ServeOptions(
                    parsed.GetValue(data)!, parsed.GetValue(urls)!, parsed.GetValue(postgres), parsed.GetValue(town), parsed.GetValue(empty), parsed.GetValue(demo)),
                parsed.GetValue(log), cancellation));
            if (command != root) root.Subcommands.Add(command);
        }
    }

    private static async Task<int> RunAsync(ServeOptions options, LogFormat log, CancellationToken cancellation)
    {
        // Looked at before anything is made: with a faulty definition nothing starts and nothing is left behind.
        TownDefinition? town = null;
        if (options.Town is not null && TownFile.Read(options.Town, out town) is { Length: > 0 } faults)
        {
            foreach (var fault in faults) await Console.Error.WriteLineAsync(fault);
            return 2;
        }

        var folder = new DataFolder(options.Data);
        var key = folder.MasterKey();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.Warning).AddFilter("Orleans", LogLevel.Warning)
            // On one machine the folder's own permissions guard the keys.
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.WebHost.UseUrls(options.Urls).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBodyBytes);

        await using var journal = await OpenAsync(options, folder, Town.JournalOptions(key, TimeProvider.System));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddTown(journal, key);
        builder.AddGrains();
        builder.AddOperation(log, options.Data);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<TownStartup>(services, new FirstTown(town)));
        builder.Services.AddHostedService<Pulse>();
        if (options.Demo) builder.Services.AddHostedService<DemoTraffic>();
        builder.Services.AddWebFrontend(folder.SessionKeys);

        await using var app = builder.Build();
        app.UseWebFrontend();
        await app.StartAsync(cancellation);
        await Console.Out.WriteLineAsync($"OneStop serves {string.Join(", ", app.Urls)} on the {GrainHosting.Runtime} runtime.");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static ValueTask<IJournal> OpenAsync(ServeOptions options, DataFolder folder, JournalOptions journal) => options.Postgres is { } connection
        ? PostgresJournal.OpenAsync(connection, journal)
        : SqliteJournal.OpenAsync(folder.Database, journal);
}
