namespace OneStop.Silo.Notices;

/// <summary>The mail server that carries notices.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Tls">Whether the connection is encrypted from its first byte; otherwise it is as soon as the server offers it (STARTTLS).</param>
/// <param name="From">The sender's address.</param>
internal sealed record MailServer(string Host, int Port, bool Tls, string From)
{
    /// <summary>The account there. Default: null, none is asked for.</summary>
    public string? User { get; init; }

    /// <summary>Its password.</summary>
    public string? Password { get; init; }
}
