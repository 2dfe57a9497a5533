using System.Security.Cryptography;
using OneStop.Domain.Catalogue;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Accounts;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Journal;
using OneStop.Silo.Sample;
using Orleans;

namespace OneStop.Silo.Hosting;

/// <summary>Takes the definitions into force before the first request comes in; a first start loads the given town or the sample.</summary>
/// <param name="grains">The grains.</param>
/// <param name="definitions">This process's definitions.</param>
/// <param name="journal">The record.</param>
/// <param name="options">How to start.</param>
/// <param name="first">The town of a first start.</param>
/// <param name="firstStart">Keeps other processes from a first start meanwhile.</param>
internal sealed class TownStartup(
    IGrainFactory grains, Definitions definitions, IJournal journal, ServeOptions options, FirstTown first, FirstStart firstStart) : IHostedService
{
    private const string PasswordVariable = "ONESTOP_SAMPLE_PASSWORD";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var catalogue = grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);
        var town = definitions.Town ?? await catalogue.Current();
        if (town is null && !options.Empty)
        {
            town = first.Town ?? SampleTown.Read();
            // Accounts first: what is missing after a stop in the middle is made at the next start, since the town is still undefined.
            await CreateStaffAsync(town);
            await catalogue.Define(Info("sample-town"), town);
        }

        if (town is not null)
        {
            await catalogue.Renew(Info("renew"));
            await definitions.ReadAsync(journal, cancellationToken);
        }

        await firstStart.ReleaseAsync();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static CommandInfo Info(string id) => new("system", id, "", MayRepeat: false, "system");

    private async Task CreateStaffAsync(TownDefinition town)
    {
        var password = Environment.GetEnvironmentVariable(PasswordVariable);
        if (string.IsNullOrEmpty(password)) password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12);
        // One password, one hash: to make it takes long on purpose, and that they have the same is what the printed line says.
        var hash = PasswordHash.Create(password, RandomNumberGenerator.GetBytes(16));
        foreach (var account in SampleTown.Staff(town))
        {
            try
            {
                await grains.GetGrain<IAccountGrain>("user-" + account.User).Create(Info("sample-" + account.User), account, hash);
            }
            catch (Domain.OneStopException e) when (e.Code == "account-exists")
            {
                // Made by a first start that was cut short: it keeps the password printed then.
            }
        }

        await first.Said.WriteLineAsync("sample password: " + password);
    }
}

/// <summary>The town that a first start loads.</summary>
/// <param name="Town">Its definition; null for the sample.</param>
/// <param name="Said">Where the password of its staff is said.</param>
internal sealed record FirstTown(TownDefinition? Town, TextWriter Said);
