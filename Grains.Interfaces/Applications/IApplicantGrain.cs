using OneStop.Domain.Applications;
using OneStop.Domain.Forms;
using Orleans;

namespace OneStop.Grains.Interfaces.Applications;

/// <summary>Applicants and what is known of them (一号制, 一表制, A4). There is one of it, wherever it is asked.</summary>
public interface IApplicantGrain : IGrainWithStringKey
{
    /// <summary>The only one's key.</summary>
    const string Key = "applicants";

    /// <summary>
    /// What a person handed in before that an item's form would take; empty for somebody who was never here. Staff are told of the
    /// cases that they may read (<see cref="PersonalDataRules"/>).
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="idNumber">The identity number.</param>
    /// <param name="item">Code of the item.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-item</c>.</exception>
    Task<OneFormOffer> OneForm(Actor actor, string idNumber, string item);

    /// <summary>The same for whoever holds the query code of an earlier case; name and telephone number are not shown.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="application">Acceptance number of that case.</param>
    /// <param name="queryCode">Its query code; null when staff ask.</param>
    /// <param name="item">Code of the item.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-application</c>, <c>not-allowed</c>, <c>unknown-item</c>.</exception>
    Task<OneFormOffer> OneFormOf(Actor actor, string application, string? queryCode, string item);
}
