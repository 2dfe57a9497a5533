using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace OneStop.Silo.Notices;

/// <summary>One conversation with a mail server (RFC 5321). .NET's own client cannot be told to give up a server that hangs.</summary>
internal sealed class SmtpConversation : IAsyncDisposable
{
    // A longer line (RFC 5321: 512) is no reply of a mail server, and would fill the memory.
    private const int LongestLine = 4096;
    private const int MostLines = 100;

    private readonly TcpClient connection = new();
    private Stream stream = Stream.Null;

    /// <summary>Connects, greets and signs in.</summary>
    /// <exception cref="SmtpRefusal">The server does not want to.</exception>
    public static async Task<SmtpConversation> BeginAsync(MailServer server, CancellationToken cancellationToken)
    {
        var conversation = new SmtpConversation();
        try
        {
            await conversation.GreetAsync(server, cancellationToken);
            return conversation;
        }
        catch
        {
            await conversation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a command and reads the reply, which must begin with this digit.</summary>
    public async Task<string> AskAsync(string command, char expected, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);
        return await ReplyAsync(expected, cancellationToken);
    }

    /// <summary>Sends what follows DATA; lines that begin with a dot are doubled as the protocol wants.</summary>
    public async Task SendAsync(string message, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(message.Length + 16);
        foreach (var line in message.Split("\r\n"))
            text.Append(line.StartsWith('.') ? "." : "").Append(line).Append("\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text.Append('.').ToString()), cancellationToken);
        await AskAsync("", '2', cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        connection.Dispose();
        return stream.DisposeAsync();
    }

    private async Task GreetAsync(MailServer server, CancellationToken cancellationToken)
    {
        await connection.ConnectAsync(server.Host, server.Port, cancellationToken);
        stream = connection.GetStream();
        if (server.Tls) await EncryptAsync(server, cancellationToken);
        await ReplyAsync('2', cancellationToken);
        var offers = await AskAsync("EHLO onestop", '2', cancellationToken);
        if (!server.Tls && offers.Contains("STARTTLS", StringComparison.OrdinalIgnoreCase))
        {
            await AskAsync("STARTTLS", '2', cancellationToken);
            await EncryptAsync(server, cancellationToken);
            await AskAsync("EHLO onestop", '2', cancellationToken);
        }

        if (server.User is null) return;
        if (stream is not SslStream) throw new IOException("The server offers no encryption; a password is not sent without.");
        await AskAsync("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{server.User}\0{server.Password}")), '2', cancellationToken);
    }

    private async Task EncryptAsync(MailServer server, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.Host }, cancellationToken);
        stream = encrypted;
    }

    private async Task<string> ReplyAsync(char expected, CancellationToken cancellationToken)
    {
        var reply = new StringBuilder();
        for (var lines = 0; lines < MostLines; lines++)
        {
            var line = await LineAsync(cancellationToken);
            reply.Append(line).Append('\n');
            if (line.Length >= 4 && line[3] == '-') continue;
            if (line.Length < 3 || !line.AsSpan(0, 3).ContainsOnlyDigits()) throw new IOException($"This is no reply of a mail server: {line}");
            return line[0] == expected ? reply.ToString() : throw new SmtpRefusal(line);
        }

        throw new IOException("The reply of the server does not end.");
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < LongestLine)
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0) throw new IOException("The server closed the connection.");
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        throw new IOException("The server's line does not end.");
    }
}

/// <summary>The mail server answered no.</summary>
/// <param name="reply">Its reply, with the code.</param>
internal sealed class SmtpRefusal(string reply) : Exception(reply)
{
    /// <summary>Its three digits.</summary>
    public string Code { get; } = reply[..3];
}

/// <summary>What a reply is held against.</summary>
internal static class Digits
{
    /// <summary>Whether there is nothing else.</summary>
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
