using Microsoft.AspNetCore.SignalR;
using OneStop.Domain;
using OneStop.Domain.Halls.Announcing;
using OneStop.Domain.Halls.Displays;
using OneStop.Grains.Interfaces.Halls;
using OneStop.WebFrontend.Applications;
using OneStop.WebFrontend.Halls;
using Orleans;

namespace OneStop.WebFrontend.Feeds;

/// <summary>Live feeds: a snapshot on subscription, then numbered changes.</summary>
internal sealed partial class BoardHub(FeedRelay relay, IGrainFactory grains, ILogger<BoardHub> logger) : Hub
{
    private const string Subscriptions = "subscriptions";
    private const string Voice = "voice";
    private const int MaxFeeds = 50;

    /// <summary>Follows a feed; called again for the same feed it gives a fresh snapshot.</summary>
    public Task Subscribe(string feed) => FollowAsync(feed, name =>
    {
        name.Authorize(Context.User);
        return Task.CompletedTask;
    });

    /// <summary>Follows the feed of a case as its applicant does, who shows its query code.</summary>
    public Task SubscribeWithCode(string feed, string code) => FollowAsync(feed, async name =>
    {
        if (name.Kind != "application") throw Refusals.Unknown("feed", feed);
        var grain = ApplicationEndpoints.GrainOf(grains, name.Key);
        await QueryCode.AskAsync(Context.GetHttpContext()!, name.Key, code ?? "", proof => proof is null ? grain.View() : grain.ViewByCode(proof));
    });

    /// <summary>Follows a feed no longer.</summary>
    public Task Unsubscribe(string feed) => ForgetAsync(feed);

    /// <summary>A display says who it is; it does so each minute, and whenever the hall's feed tells that displays were paired or unpaired.</summary>
    public async Task<DisplayStanding> Recognise(string hall, string display, string secret)
    {
        Followed(hall);
        return await RefusableAsync(() => grains.GetGrain<IDisplaysGrain>(hall).Recognise(DisplaySecret.KeyOf(display, secret)));
    }

    /// <summary>A paired display would say a call of its zone aloud: gives the call, or null when there is none or another display speaks.</summary>
    public async Task<Announcement?> Speak(string hall, string zone, string display, string secret)
    {
        Context.Items[Voice] = Followed(hall);
        return await RefusableAsync(() => grains.GetGrain<IHallGrain>(hall).Speak(zone ?? "", DisplaySecret.KeyOf(display, secret), Context.ConnectionId));
    }

    /// <summary>A paired display acknowledges a call that it has said, or could not say.</summary>
    public async Task Heard(string hall, string zone, string display, string secret, string call, bool complete)
    {
        Followed(hall);
        await RefusableAsync(async () =>
        {
            var key = DisplaySecret.KeyOf(display, secret);
            await grains.GetGrain<IHallGrain>(hall).Heard(zone ?? "", key, Context.ConnectionId, call ?? "", complete);
            return true;
        });
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(Voice, out var hall)) await grains.GetGrain<IHallGrain>((string)hall!).ConnectionGone(Context.ConnectionId);
        foreach (var feed in Mine().ToArray()) await ForgetAsync(feed);
        await base.OnDisconnectedAsync(exception);
    }

    // Whoever follows a hall's feed has shown that there is such a hall; no grain is made for any other word.
    private string Followed(string? hall) => hall is not null && Mine().Contains("hall/" + hall) ? hall : throw new HubException("unknown-feed");

    private static async Task<T> RefusableAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (OneStopException refusal)
        {
            throw new HubException(refusal.Code);
        }
    }

    private async Task FollowAsync(string feed, Func<FeedName, Task> authorize)
    {
        // Whatever the signature says, a caller may send null.
        if (feed is null) throw new HubException("unknown-feed");
        var mine = Mine();
        if (!mine.Contains(feed) && mine.Count >= MaxFeeds) throw new HubException("too-many-requests");
        try
        {
            await authorize(FeedName.Parse(feed));
            await Groups.AddToGroupAsync(Context.ConnectionId, feed);
            var snapshot = await relay.FollowAsync(feed, first: mine.Add(feed));
            await Clients.Caller.SendAsync("snapshot", feed, snapshot.Epoch, snapshot.Version, FeedRelay.Json(snapshot.State));
        }
        catch (OneStopException refusal)
        {
            await ForgetAsync(feed);
            throw new HubException(refusal.Code);
        }
        catch (Exception e)
        {
            // A silo that is on its way out, or a store that is away: the caller asks again.
            LogFailed(logger, e, feed);
            await ForgetAsync(feed);
            throw new HubException("cluster-unavailable");
        }
    }

    private async Task ForgetAsync(string feed)
    {
        if (!Mine().Remove(feed)) return;
        await Groups.RemoveFromGroupAsync(Context.ConnectionId, feed);
        await relay.LeaveAsync(feed);
    }

    // SignalR runs the calls of one connection one after the other.
    private HashSet<string> Mine()
    {
        if (Context.Items.TryGetValue(Subscriptions, out var set)) return (HashSet<string>)set!;
        var made = new HashSet<string>(StringComparer.Ordinal);
        Context.Items[Subscriptions] = made;
        return made;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Feed {Feed} could not be followed.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string feed);
}
