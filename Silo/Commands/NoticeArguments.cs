using System.CommandLine;
using OneStop.Silo.Notices;

namespace OneStop.Silo.Commands;

/// <summary>The options of <c>serve</c> that concern the channels of notices; each has a variable of the environment too.</summary>
internal sealed class NoticeArguments
{
    private readonly Option<string?> smtp = new("--smtp")
    {
        Description = $"Mail server for notices, smtp://[user@]host[:port] or smtps:// (or {NoticeSettings.SmtpVariable}; its password in {NoticeSettings.SmtpPasswordVariable}).",
    };

    private readonly Option<string?> from = new("--mail-from") { Description = $"Sender of e-mail (or {NoticeSettings.FromVariable})." };

    private readonly Option<string?> sms = new("--sms")
    {
        Description = $"SMS gateway for notices, an http or https address (or {NoticeSettings.SmsVariable}; a shared secret in {NoticeSettings.SmsSecretVariable}).",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[smtp, from, sms]) command.Options.Add(option);
    }

    /// <summary>What was asked for.</summary>
    public NoticeSettings Read(ParseResult parsed)
    {
        var environment = NoticeSettings.OfEnvironment();
        return environment with
        {
            Smtp = parsed.GetValue(smtp) ?? environment.Smtp,
            From = parsed.GetValue(from) ?? environment.From,
            Sms = parsed.GetValue(sms) ?? environment.Sms,
        };
    }
}
