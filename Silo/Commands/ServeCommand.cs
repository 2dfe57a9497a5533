using System.CommandLine;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Npgsql;
using OneStop.Domain.Catalogue;
using OneStop.Journal;
using OneStop.Journal.Postgres;
using OneStop.Journal.Sqlite;
using OneStop.Silo.Hosting;
using OneStop.Silo.Observability;
using OneStop.Silo.Payments;
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
        var town = new Option<string?>("--town") { Description = "A first start loads this town definition (a JSON file, or a catalogue folder) instead of the sample town." };
        var empty = new Option<bool>("--empty") { Description = "Start bare, without the sample town." };
        var demo = new Option<bool>("--demo") { Description = "Keep sample traffic running through the town." };
        var log = new Option<LogFormat>("--log") { Description = "How logs are written: simple, or json for what collects them." };
        var payment = new Option<string?>("--payment")
        {
            Description = $"Payment gateway for fees, an http or https address (or {PaymentSettings.GatewayVariable}; the shared secret in {PaymentSettings.SecretVariable}).",
        };
        var notices = new NoticeArguments();
        var cluster = new ClusterArguments();
        foreach (var command in new Command[] { root, new Command("serve", "Serve the town (also without a command).") })
        {
            command.Options.Add(data);
            command.Options.Add(urls);
            command.Options.Add(postgres);
            command.Options.Add(town);
            command.Options.Add(empty);
            command.Options.Add(demo);
            command.Options.Add(log);
            command.Options.Add(payment);
            notices.AddTo(command);
            cluster.AddTo(command);
            command.SetAction((parsed, cancellation) => StartAsync(
                cluster.Read(parsed, new ServeOptions(
                    parsed.GetValue(data)!, parsed.GetValue(urls)!, parsed.GetValue(postgres), parsed.GetValue(town), parsed.GetValue(empty), parsed.GetValue(demo))
                {
                    Log = parsed.GetValue(log),
                    Notices = notices.Read(parsed),
                    Payments = parsed.GetValue(payment) is { } gateway ? PaymentSettings.OfEnvironment() with { Gateway = gateway } : PaymentSettings.OfEnvironment(),
                }),
                parsed.InvocationConfiguration,
                cancellation));
            if (command != root) root.Subcommands.Add(command);
        }
    }

    private static async Task<int> StartAsync(ServeOptions options, InvocationConfiguration console, CancellationToken cancellation)
    {
        if (ServeInspection.Faults(options) is { Length: > 0 } faults)
        {
            foreach (var fault in faults) await console.Error.WriteLineAsync(fault);
            return 2;
        }

        try
        {
            return await RunAsync(options, console, cancellation);
        }
        catch (Exception e) when (e is StartException or JournalSchemaException)
        {
            await console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (Exception e) when (e is StoreUnavailableException or NpgsqlException)
        {
            await console.Error.WriteLineAsync("The store cannot be used: " + e.Message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(ServeOptions options, InvocationConfiguration console, CancellationToken cancellation)
    {
        // Looked at before anything is made: with a faulty definition nothing starts and nothing is left behind.
        TownDefinition? town = null;
        if (options.Town is not null && TownFile.Read(options.Town, out town) is { Length: > 0 } faults)
        {
            foreach (var fault in faults) await console.Error.WriteLineAsync(fault);
            return 2;
        }

        var folder = new DataFolder(options.Data);
        var key = MasterKey.Of(options, folder);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Said and not found out: a test serves the town in its own process.
            ApplicationName = typeof(ServeCommand).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.Warning).AddFilter("Orleans", LogLevel.Warning)
            // On one machine the folder's own permissions guard the keys.
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.WebHost.UseUrls(options.Urls).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBodyBytes);

        await using var journal = options.HostsGrains ? await OpenAsync(options, folder, Town.JournalOptions(key, TimeProvider.System)) : null;
        using var sessionKeys = options.Postgres is { } connection ? await PostgresSessionKeys.OpenAsync(connection, key, cancellation) : null;
        await GrainHosting.PrepareAsync(options, cancellation);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        // Before the grains: whoever has to wait for another's first start does so before others can reach it.
        builder.Services.AddSingleton<FirstStart>().AddHostedService(services => services.GetRequiredService<FirstStart>());
        builder.AddGrains(options);
        if (journal is not null)
        {
            builder.Services.AddSingleton(options.Notices.Carriers(TimeProvider.System));
            builder.Services.AddSingleton(options.Payments.Open(TimeProvider.System));
            builder.Services.AddTown(journal, key);
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<TownStartup>(services, new FirstTown(town, console.Output)));
            builder.Services.AddPulse();
        }
        else
        {
            builder.Services.AddDefinitions().AddHostedService<ClientStartup>();
        }

        builder.AddOperation(options.Log, options.Data);
        if (options.Demo) builder.Services.AddHostedService<DemoTraffic>();
        builder.Services.AddWebFrontend(folder.SessionKeys);
        if (sessionKeys is not null) builder.Services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = sessionKeys);

        await using var app = builder.Build();
        app.UseWebFrontend();
        await app.StartAsync(cancellation);
        await console.Output.WriteLineAsync($"OneStop serves {string.Join(", ", app.Urls)} on the {GrainHosting.Runtime} runtime.");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static ValueTask<IJournal> OpenAsync(ServeOptions options, DataFolder folder, JournalOptions journal) => options.Postgres is { } connection
        ? PostgresJournal.OpenAsync(connection, journal)
        : SqliteJournal.OpenAsync(folder.Database, journal);
}
