using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Processes;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Applications;

/// <summary>What a case has to do with the catalogue: its form, and changes of its item.</summary>
public sealed partial class ApplicationGrain
{
    /// <inheritdoc/>
    public async Task<ApplicationView> Convert(CommandInfo info, Actor actor, string item, CaseText reason)
    {
        await LoadAsync();
        ThrowIfUnknown();
        var wanted = definitions.Item(item);
        var command = new ConvertApplication(wanted, await AnswersAsync(wanted), reason.Text.Length > 0 ? reason.Reference : null);
        return await ExecuteAsync(
            info,
            (state, now) => ApplicationRules.Decide(state, command, actor, BookOf(state), now),
            ViewOf,
            [new Document(State.DocumentSubject, reason.Reference, Encoding.UTF8.GetBytes(reason.Text))]);
    }

    /// <inheritdoc/>
    public async Task<MigrationReport> Migrate(CommandInfo info, Actor actor, bool dryRun)
    {
        await LoadAsync();
        ThrowIfUnknown();
        var before = State;
        var wanted = definitions.Item(before.Item?.Code ?? "");
        var command = new MigrateApplication(wanted, await AnswersAsync(wanted));
        if (!dryRun)
        {
            return await ExecuteAsync(
                info,
                (state, now) => ApplicationRules.Decide(state, command, actor, BookOf(state), now),
                after => MigrationReport.Of(before, after, definitions.Calendar(wanted.Calendar), dryRun: false));
        }

        var events = ApplicationRules.Decide(before, command, actor, BookOf(before), Now).OrThrow();
        return MigrationReport.Of(before, events.Aggregate(before, Evolve), definitions.Calendar(wanted.Calendar), dryRun: true);
    }

    // The form is held against the schema that is in force now, the one the applicant was shown.
    private ImmutableArray<string> Examined(ItemDefinition item, string form)
    {
        using var answers = JsonDocument.Parse(form);
        var faults = definitions.FormFaults(item, answers.RootElement);
        return faults.IsEmpty
            ? FormQuestion.Answered(item.Process, answers.RootElement)
            : throw Refusals.Validation([.. faults.Select(fault => fault with { Pointer = "/form" + fault.Pointer })]);
    }

    // What was erased answers nothing.
    private async Task<ImmutableArray<string>> AnswersAsync(ItemDefinition item)
    {
        if (item.Process is null || State.DocumentReference is not { } reference
            || await Journal.ReadDocumentAsync(State.DocumentSubject, reference) is not { } kept)
        {
            return [];
        }

        using var answers = JsonDocument.Parse(JsonSerializer.Deserialize<Dossier>(kept, EventCodec.Json)!.Form);
        return FormQuestion.Answered(item.Process, answers.RootElement);
    }
}
