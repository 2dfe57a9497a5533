using System.Collections.Immutable;
using System.Text;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Attachments;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Journal;

namespace OneStop.Grains.Applications;

/// <summary>The files of a case.</summary>
public sealed partial class ApplicationGrain
{
    /// <inheritdoc/>
    public async Task<UploadPermit> ExpectFile(CommandInfo info, Actor actor, string? queryCode, string material, long size, MaterialSource? source)
    {
        await KnownToAsync(queryCode);
        var known = info.MayRepeat && await Journal.FindCommandAsync(info.Caller, info.Id) is not null;
        // What was carried out once is answered again, though it would be refused by now.
        if (!known) ApplicationRules.Decide(State, new ExpectMaterial(material, size) { Source = source }, actor, BookOf(State), Now).OrThrow();
        return new UploadPermit(FileSubjectOf(State), known);
    }

    /// <inheritdoc/>
    public async Task<AttachmentView> AttachFile(CommandInfo info, Actor actor, string? queryCode, UploadedFile file)
    {
        await KnownToAsync(queryCode);
        if (file.Upload is not { } upload)
            return await FirstAnswerAsync(info) is { } first ? Decode<AttachmentView>(first) : throw Lost();
        var subject = FileSubjectOf(State);
        var command = new AttachMaterial(file.Material, file.Type, file.Size, file.Sha256, subject, file.Name.Reference) { Source = file.Source };
        var decision = ApplicationRules.Decide(State, command, actor, BookOf(State), Now);
        if (decision is { Refusal: null, Events.IsEmpty: true })
        {
            // Nothing refers to its name, so that is not kept again either.
            var held = AttachmentView.Of(State.Held(file.Material, file.Sha256)!);
            await RecordAnswerAsync(info, held);
            return held;
        }

        // Refused before it is sealed, it leaves no file behind that no event refers to.
        if (decision.Refusal is null && !await Journal.SealFileAsync(new FileSeal(subject, upload, file.Sha256, file.Size, file.Parts)))
        {
            throw Lost();
        }

        return await ExecuteAsync(
            info,
            (state, now) => ApplicationRules.Decide(state, command, actor, BookOf(state), now),
            after => AttachmentView.Of(after.Attachments[^1]),
            [new Document(State.DocumentSubject, file.Name.Reference, Encoding.UTF8.GetBytes(file.Name.Text))]);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<NamedAttachment>> Attachments(Actor actor, string? queryCode)
    {
        await ReadableToAsync(actor, queryCode);
        var named = ImmutableArray.CreateBuilder<NamedAttachment>();
        foreach (var attachment in State.Attachments) named.Add(await NamedAsync(attachment));
        return named.ToImmutable();
    }

    /// <inheritdoc/>
    public async Task<AttachmentContent> Attachment(Actor actor, string? queryCode, int id)
    {
        await ReadableToAsync(actor, queryCode);
        var subject = FileSubjectOf(State);
        return State.Attachments.FirstOrDefault(attachment => attachment.Id == id) is { } attachment
            && await Journal.FindFileAsync(subject, attachment.Sha256) is { } file
                ? new AttachmentContent(await NamedAsync(attachment), subject, file.Parts, new MaterialSource(State.Number, State.Registration))
                : throw Refusals.Unknown("attachment", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    protected override ImmutableArray<string> ErasedFiles(ApplicationState before, ImmutableArray<ApplicationEvent> events) =>
        events.Any(e => e is PersonalDataErased) && !before.Attachments.IsEmpty ? [FileSubjectOf(before)] : [];

    // A key for the files of each case: its erasure leaves those of the applicant's other cases as they are.
    private static string FileSubjectOf(ApplicationState state) => "files-" + state.Number;

    private static OneStopException Lost() => new(RefusalKind.Unavailable, "upload-lost", "Not all of the file was kept; send it again.");

    private async ValueTask<NamedAttachment> NamedAsync(Attachment attachment) => new(
        AttachmentView.Of(attachment),
        await Journal.ReadDocumentAsync(State.DocumentSubject, attachment.NameReference) is { } name ? Encoding.UTF8.GetString(name) : null);
}
