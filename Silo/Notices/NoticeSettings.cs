using System.Collections.Immutable;
using OneStop.Domain.Notices;
using OneStop.Grains.Notices;

namespace OneStop.Silo.Notices;

/// <summary>The channels of notices as they were asked for: by options, or by variables of the environment.</summary>
public sealed record NoticeSettings
{
    /// <summary>The variable with the mail server's address.</summary>
    public const string SmtpVariable = "ONESTOP_SMTP";

    /// <summary>The variable with the sender's address.</summary>
    public const string FromVariable = "ONESTOP_MAIL_FROM";

    /// <summary>The variable with the password of the account at the mail server.</summary>
    public const string SmtpPasswordVariable = "ONESTOP_SMTP_PASSWORD";

    /// <summary>The variable with the gateway's address.</summary>
    public const string SmsVariable = "ONESTOP_SMS";

    /// <summary>The variable with the secret shared with the gateway.</summary>
    public const string SmsSecretVariable = "ONESTOP_SMS_SECRET";

    /// <summary>The mail server: <c>smtp://[user@]host[:port]</c>, or <c>smtps://</c> to encrypt from the first byte. Default: null, no e-mail.</summary>
    public string? Smtp { get; init; }

    /// <summary>The sender's address. Default: null.</summary>
    public string? From { get; init; }

    /// <summary>Password of the account at the mail server. Default: null.</summary>
    public string? SmtpPassword { get; init; }

    /// <summary>The SMS gateway: an http or https address. Default: null, no short messages.</summary>
    public string? Sms { get; init; }

    /// <summary>The secret shared with the gateway. Default: null, calls are not signed.</summary>
    public string? SmsSecret { get; init; }

    /// <summary>When a failed delivery is tried again. Default: after 30 s, each time twice as long, at most an hour.</summary>
    public RetrySchedule Retries { get; init; } = RetrySchedule.Default;

    /// <summary>How long an attempt may take. Default: 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What the environment says.</summary>
    public static NoticeSettings OfEnvironment() => new()
    {
        Smtp = Variable(SmtpVariable),
        From = Variable(FromVariable),
        SmtpPassword = Variable(SmtpPasswordVariable),
        Sms = Variable(SmsVariable),
        SmsSecret = Variable(SmsSecretVariable),
    };

    /// <summary>Every fault, each as a line that says what to do.</summary>
    public ImmutableArray<string> Faults()
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        if (Smtp is not null)
        {
            var uri = Parsed(Smtp, "smtp", "smtps");
            if (uri is null) faults.Add($"--smtp: smtp://[user@]host[:port] or smtps://..., not '{Smtp}'.");
            if (uri is { UserInfo.Length: > 0 } && (uri.UserInfo.Contains(':', StringComparison.Ordinal) || string.IsNullOrEmpty(SmtpPassword)))
                faults.Add($"--smtp: the password of the account comes by the variable {SmtpPasswordVariable}, not by the address.");
            if (From is null) faults.Add("--mail-from: e-mail needs the address of its sender.");
        }

        if (From is not null && !Contact.IsEmail(From)) faults.Add($"--mail-from: an e-mail address, not '{From}'.");
        if (Sms is not null && Parsed(Sms, "http", "https") is null) faults.Add($"--sms: an http or https address, not '{Sms}'.");
        return faults.ToImmutable();
    }

    /// <summary>The channels; the settings have no faults.</summary>
    public NoticeCarriers Carriers(TimeProvider time)
    {
        var carriers = ImmutableArray.CreateBuilder<INoticeCarrier>();
        if (Smtp is not null)
        {
            var uri = Parsed(Smtp, "smtp", "smtps")!;
            var tls = uri.Scheme == "smtps";
            carriers.Add(new SmtpCarrier(new MailServer(uri.Host, uri.Port > 0 ? uri.Port : tls ? 465 : 25, tls, From!)
            {
                User = uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(uri.UserInfo) : null,
                Password = SmtpPassword,
            }));
        }

        if (Sms is not null) carriers.Add(new SmsCarrier(Parsed(Sms, "http", "https")!, SmsSecret, time));
        return new NoticeCarriers(carriers.ToImmutable(), Retries) { Patience = Patience };
    }

    private static Uri? Parsed(string text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme) && uri.Host.Length > 0 ? uri : null;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
