using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Forms;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Applications;

/// <summary>Asks the cases of an applicant what was handed in with them; it keeps nothing, so there may be several.</summary>
[StatelessWorker]
public sealed class ApplicantGrain(IJournal journal, Definitions definitions, Pseudonyms pseudonyms) : Grain, IApplicantGrain
{
    // Whoever hands in more than this in a lifetime is offered what they said lately.
    private const int MostCases = 50;

    /// <inheritdoc/>
    public async Task<OneFormOffer> OneForm(Actor actor, string idNumber, string item)
    {
        var registration = pseudonyms.RegistrationOf(idNumber);
        var earlier = await EarlierAsync(actor, registration);
        var (name, phone) = (earlier.FirstOrDefault()?.Name, earlier.FirstOrDefault(e => e.Phone is not null)?.Phone);
        return new OneFormOffer(registration, name, phone, Answers(item, earlier), await FilesAsync(actor, item, earlier));
    }

    /// <inheritdoc/>
    public async Task<OneFormOffer> OneFormOf(Actor actor, string application, string? queryCode, string item)
    {
        var person = await GrainFactory.GetGrain<IApplicationGrain>(application).PersonalData(actor, queryCode);
        // What was erased is known to nobody any more, nor whose it was.
        var registration = person.ErasedAt is null ? person.RegistrationNumber : "";
        var earlier = registration.Length == 0 ? [] : await EarlierAsync(actor, registration);
        return new OneFormOffer(registration, null, null, Answers(item, earlier), await FilesAsync(actor, item, earlier));
    }

    private ImmutableArray<OfferedAnswer> Answers(string item, IEnumerable<HandedIn> earlier) =>
        Domain.Forms.OneForm.Answers(definitions.FormOf(definitions.Item(item)), earlier);

    private async Task<ImmutableArray<OfferedFile>> FilesAsync(Actor actor, string item, IEnumerable<HandedIn> earlier)
    {
        var offered = Domain.Forms.OneForm.Materials(definitions.Item(item), earlier);
        var names = new Dictionary<(string Application, int Attachment), string?>();
        foreach (var application in offered.Select(offer => offer.File.Application).Distinct())
            foreach (var named in await GrainFactory.GetGrain<IApplicationGrain>(application).Attachments(actor, queryCode: null))
                names[(application, named.File.Id)] = named.Name;
        return [.. offered.Select(offer => offer with { Name = names.GetValueOrDefault((offer.File.Application, offer.File.Attachment)) })];
    }

    private async Task<ImmutableArray<HandedIn>> EarlierAsync(Actor actor, string registration)
    {
        var rows = await journal.QueryAsync(new RowQuery(Tables.Applications)
        {
            Where = [new("registration", RowOperator.Equal, registration)],
            OrderBy = [new("received_at", Descending: true)],
            Limit = MostCases,
        });
        var cases = await Task.WhenAll(rows.Select(row => GrainFactory.GetGrain<IApplicationGrain>(row.Text("number")).HandedIn(actor)));
        return [.. cases.OfType<HandedIn>()];
    }
}
