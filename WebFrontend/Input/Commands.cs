using System.Security.Cryptography;
using OneStop.Domain;
using OneStop.Grains.Interfaces;
using OneStop.WebFrontend.Sessions;

namespace OneStop.WebFrontend.Input;

/// <summary>Makes ids and secrets at the edge.</summary>
internal static class Commands
{
    private const int MaxKeyLength = 200;

    /// <summary>Who sends this request as which command: the caller's <c>Idempotency-Key</c>, or an id of its own.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="staff">Whether the session counts; public routes are the public's, whoever is signed in.</param>
    public static CommandInfo InfoOf(HttpContext context, byte[] body, bool staff)
    {
        var actor = staff ? context.User.Account()?.User ?? "public" : "public";
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > MaxKeyLength)
            throw Refusals.Validation("", "out-of-range", $"An Idempotency-Key has at most {MaxKeyLength} characters.");
        return new CommandInfo(actor, key.Length > 0 ? key : Secret(), HashOf(context, body), key.Length > 0, actor);
    }

    /// <summary>What tells a repetition of a request from another one under the same key.</summary>
    public static string HashOf(HttpContext context, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(context.Request.Method + " " + context.Request.Path + "\n"));
        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>128 random bits, safe in an address.</summary>
    public static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
