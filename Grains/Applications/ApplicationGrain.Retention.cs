using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using OneStop.Domain.Applications;
using OneStop.Domain.Forms;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Archive;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Applications;

/// <summary>The archive of a case and the personal data in it (A17).</summary>
public sealed partial class ApplicationGrain
{
    /// <inheritdoc/>
    public async Task<PersonalDataView> PersonalData(Actor actor, string? queryCode)
    {
        await ReadableToAsync(actor, queryCode);
        var dossier = (await DossierAsync())?.Dossier;
        return new PersonalDataView(State.Registration, dossier?.Name, dossier?.IdNumber, dossier?.Phone, State.PersonalDataErasedAt);
    }

    /// <inheritdoc/>
    public async Task<PersonalDataReceipt> CorrectPersonalData(CommandInfo info, Actor actor, string? queryCode, PersonalDataCorrection correction)
    {
        await KnownToAsync(queryCode);
        var command = new CorrectPersonalData(correction.Data, correction.IdNumber is { } idNumber ? pseudonyms.RegistrationOf(idNumber) : null);
        var documents = await DossierAsync() is var (reference, dossier)
            ? [new Document(State.DocumentSubject, reference, JsonSerializer.SerializeToUtf8Bytes(Corrected(dossier, correction), EventCodec.Json))]
            : ImmutableArray<Document>.Empty;
        return await ExecuteAsync(
            info, (state, now) => ApplicationRules.Decide(state, command, actor, BookOf(state), now), after => Receipt(after, command.Data), documents);
    }

    /// <inheritdoc/>
    public async Task<PersonalDataReceipt> ErasePersonalData(CommandInfo info, Actor actor, CaseText? reason)
    {
        await LoadAsync();
        ThrowIfUnknown();
        var rule = definitions.Town?.Items.FirstOrDefault(item => item.Code == State.Item?.Code)?.Retention;
        var command = new ErasePersonalData(reason?.Reference, rule);
        return await ExecuteAsync(
            info,
            (state, now) => ApplicationRules.Decide(state, command, actor, BookOf(state), now),
            after => Receipt(after, []),
            reason is null ? [] : [new Document(State.DocumentSubject, reason.Reference, Encoding.UTF8.GetBytes(reason.Text))]);
    }

    /// <inheritdoc/>
    public async Task<CaseExport> Export(Actor actor)
    {
        await LoadAsync();
        ThrowIfUnknown();
        if (ExportRules.MayExport(State) is { } refusal) throw refusal;
        var chain = await Journal.ReadChainAsync(StreamName);
        var documents = ImmutableArray.CreateBuilder<ExportedDocument>();
        var hidden = PersonalDataRules.Hidden(State, actor);
        foreach (var reference in chain.SelectMany(e => Story.References(e.Data)).Distinct().Where(reference => !hidden.Contains(reference)))
            if (await Journal.ReadDocumentAsync(State.DocumentSubject, reference) is { } text)
                documents.Add(new ExportedDocument(reference, Encoding.UTF8.GetString(text)));
        return new CaseExport(
            CaseExport.CurrentFormat,
            StreamName,
            State.ArchivedAt!.Value,
            State.PersonalDataErasedAt,
            System.Convert.ToHexStringLower(chain[^1].Hash),
            [.. chain.Select(e => new ExportedEvent(e.Seq, e.At, e.Actor, e.Type, Encoding.UTF8.GetString(e.Data), System.Convert.ToHexStringLower(e.Hash)))],
            documents.ToImmutable());
    }

    // Everything that the record refers to goes, but for the reason that comes with the erasure itself.
    /// <inheritdoc/>
    protected override async ValueTask<ImmutableArray<DocumentErasure>> ErasuresAsync(ApplicationState before, ImmutableArray<ApplicationEvent> events)
    {
        if (!events.Any(e => e is PersonalDataErased)) return [];
        var content = await Journal.ReadAsync(StreamName, withSnapshot: false);
        return [new DocumentErasure(before.DocumentSubject, [.. content.Events.SelectMany(e => Story.References(e.Data)).Distinct()])];
    }

    /// <inheritdoc/>
    public async Task<HandedIn?> HandedIn(Actor actor)
    {
        await LoadAsync();
        ThrowIfUnknown();
        return State.ReceivedAt is { } at && PersonalDataRules.MayRead(State, actor) is null && (await DossierAsync())?.Dossier is { } dossier
            ? new HandedIn(State.Number, State.Registration, at, dossier.Name, dossier.Phone, dossier.Form) { Files = State.HeldFiles() }
            : null;
    }

    private async ValueTask KnownToAsync(string? queryCode)
    {
        await LoadAsync();
        if (queryCode is null) ThrowIfUnknown();
        else ThrowUnlessCode(queryCode);
    }

    private async ValueTask ReadableToAsync(Actor actor, string? queryCode)
    {
        await KnownToAsync(queryCode);
        if (PersonalDataRules.MayRead(State, actor) is { } refusal) throw refusal;
    }

    private async ValueTask<(string Reference, Dossier Dossier)?> DossierAsync() =>
        State.DocumentReference is { } reference && await Journal.ReadDocumentAsync(State.DocumentSubject, reference) is { } kept
            && JsonSerializer.Deserialize<Dossier>(kept, EventCodec.Json) is { } dossier
            ? (reference, dossier)
            : null;

    private static Dossier Corrected(Dossier dossier, PersonalDataCorrection correction) => dossier with
    {
        Name = correction.Name ?? dossier.Name,
        IdNumber = correction.IdNumber ?? dossier.IdNumber,
        Phone = correction.Phone ?? dossier.Phone,
    };

    private static PersonalDataReceipt Receipt(ApplicationState after, ImmutableArray<PersonalDatum> corrected) =>
        new(after.Number, after.Registration, corrected, after.PersonalDataErasedAt);
}
