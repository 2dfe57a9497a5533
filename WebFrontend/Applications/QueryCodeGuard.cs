using System.Net;
using System.Net.Sockets;
using OneStop.Domain;

namespace OneStop.WebFrontend.Applications;

/// <summary>
/// Keeps query codes from being guessed: after too many wrong ones for an acceptance number, or from one address, none is looked
/// at for a time. Each process counts for itself. Whether there is such a case makes no difference to any of it.
/// </summary>
public sealed class QueryCodeGuard(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly GuessTable cases = new(GuessLimit.CodesOfACase);
    private readonly GuessTable callers = new(GuessLimit.CodesOfACaller);

    /// <summary>Has a code looked at, if it may be.</summary>
    /// <param name="number">The acceptance number that it is said to belong to.</param>
    /// <param name="caller">Where the request comes from; null when that is not known.</param>
    /// <param name="ask">Asks the case, which answers <c>unknown-application</c> to a wrong code.</param>
    /// <exception cref="OneStopException"><c>too-many-requests</c>, or what the case answers.</exception>
    public async Task<T> AskAsync<T>(string number, IPAddress? caller, Func<Task<T>> ask)
    {
        var from = PlaceOf(caller);
        Begin(number, from);
        var wrong = false;
        try
        {
            return await ask();
        }
        catch (OneStopException refusal) when (refusal.Code == "unknown-application")
        {
            wrong = true;
            throw;
        }
        finally
        {
            End(number, from, wrong);
        }
    }

    private void Begin(string number, string? from)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var refusal = (from is null ? null : callers.Refusal(from, now)) ?? cases.Refusal(number, now);
            if (refusal is not null) throw refusal;
            cases.Begin(number);
            if (from is not null) callers.Begin(from);
        }
    }

    private void End(string number, string? from, bool wrong)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            cases.End(number, wrong, now);
            if (from is not null) callers.End(from, wrong, now);
        }
    }

    // A network of IPv6 is one subscriber. What comes from this very machine comes through a proxy that does not say for whom:
    // to take all its visitors for one caller would lock everybody out.
    private static string? PlaceOf(IPAddress? caller)
    {
        if (caller is { IsIPv4MappedToIPv6: true }) caller = caller.MapToIPv4();
        if (caller is null || IPAddress.IsLoopback(caller)) return null;
        return caller.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(caller.GetAddressBytes().AsSpan(0, 8)) : caller.ToString();
    }
}
