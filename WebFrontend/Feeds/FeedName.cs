using System.Security.Claims;
using OneStop.Domain;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.WebFrontend.Sessions;
using Orleans;

namespace OneStop.WebFrontend.Feeds;

/// <summary>A feed's name: its kind and whose it is.</summary>
internal readonly record struct FeedName(string Kind, string Key)
{
    /// <summary>Reads a name such as <c>hall/shilong</c>.</summary>
    /// <exception cref="OneStopException"><c>unknown-feed</c>.</exception>
    public static FeedName Parse(string feed)
    {
        var slash = feed.IndexOf('/', StringComparison.Ordinal);
        var name = slash > 0 && feed.Length <= 100 ? new FeedName(feed[..slash], feed[(slash + 1)..]) : default;
        return name is { Kind: "hall" or "ticket" or "region" or "department" or "application", Key.Length: > 0 }
            ? name
            : throw Refusals.Unknown("feed", feed);
    }

    /// <summary>Boards are public; departments and cases are for staff (and a case for whoever shows its query code).</summary>
    public void Authorize(ClaimsPrincipal? user)
    {
        if (Kind is not ("department" or "application")) return;
        (user ?? new ClaimsPrincipal()).Require();
    }

    /// <summary>The grain whose feed it is.</summary>
    public IFeedGrain Grain(IGrainFactory grains) => Kind switch
    {
        "hall" => grains.GetGrain<IHallGrain>(Key),
        "ticket" => grains.GetGrain<ITicketGrain>(Key),
        "region" => grains.GetGrain<IRegionGrain>(Key),
        "department" => grains.GetGrain<IDepartmentGrain>(Key),
        _ => grains.GetGrain<IApplicationGrain>(Key),
    };
}
