using System.Globalization;
using System.Text;
using OneStop.Domain.Notices;
using OneStop.Grains.Notices;

namespace OneStop.Silo.Notices;

/// <summary>Carries notices as e-mail. A notice has the same Message-ID at every attempt, so a mailbox shows it once.</summary>
/// <param name="server">The mail server.</param>
internal sealed class SmtpCarrier(MailServer server) : INoticeCarrier
{
    private const int Base64Line = 76;

    // Mailbox unavailable, not local, name not allowed (RFC 5321): of no other reply it is sure that the next attempt fails too.
    private static readonly string[] NoSuchMailbox = ["550", "551", "553"];

    /// <inheritdoc/>
    public NoticeChannel Channel => NoticeChannel.Email;

    /// <inheritdoc/>
    public async Task<Carried> CarryAsync(Letter letter, CancellationToken cancellationToken)
    {
        try
        {
            await using var conversation = await SmtpConversation.BeginAsync(server, cancellationToken);
            await conversation.AskAsync($"MAIL FROM:<{server.From}>", '2', cancellationToken);
            try
            {
                await conversation.AskAsync($"RCPT TO:<{letter.Address}>", '2', cancellationToken);
            }
            catch (SmtpRefusal refusal) when (NoSuchMailbox.Contains(refusal.Code))
            {
                return Carried.Refused(refusal.Message);
            }

            await conversation.AskAsync("DATA", '3', cancellationToken);
            await conversation.SendAsync(Message(letter), cancellationToken);
            return Carried.Delivered;
        }
        catch (SmtpRefusal refusal)
        {
            return Carried.TryAgain(refusal.Message);
        }
    }

    private string Message(Letter letter)
    {
        var text = new StringBuilder();
        void Head(string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");
        Head("From", $"<{server.From}>");
        Head("To", $"<{letter.Address}>");
        Head("Subject", Encoded(letter.Title.Zh + " / " + letter.Title.En));
        Head("Date", letter.At.ToString("ddd, dd MMM yyyy HH':'mm':'ss '+0000'", CultureInfo.InvariantCulture));
        Head("Message-ID", $"<{letter.Id}@{server.From[(server.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}>");
        Head("Auto-Submitted", "auto-generated");
        Head("MIME-Version", "1.0");
        Head("Content-Type", "text/plain; charset=utf-8");
        Head("Content-Transfer-Encoding", "base64");
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{letter.Text.Zh}\r\n\r\n{letter.Text.En}\r\n"));
        for (var i = 0; i < body.Length; i += Base64Line)
            text.Append("\r\n").Append(body, i, Math.Min(Base64Line, body.Length - i));
        return text.ToString();
    }

    // RFC 2047: an encoded word has at most 75 characters, and a character of the text may not be cut.
    private static string Encoded(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(word.ToString()) + rune.Utf8SequenceLength > 42)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            word.Append(rune);
        }

        return string.Join("\r\n ", words.Append(word.ToString()).Select(w => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(w))}?="));
    }
}
