using System.Collections.Immutable;
using OneStop.Grains.Payments;

namespace OneStop.Silo.Payments;

/// <summary>The payment gateway as it was asked for: by an option, or by variables of the environment.</summary>
public sealed record PaymentSettings
{
    /// <summary>The variable with the gateway's address.</summary>
    public const string GatewayVariable = "ONESTOP_PAYMENT";

    /// <summary>The variable with the secret shared with the gateway.</summary>
    public const string SecretVariable = "ONESTOP_PAYMENT_SECRET";

    private const int ShortestSecret = 16;

    /// <summary>The gateway: an http or https address. Default: null, fees are paid at the cashier.</summary>
    public string? Gateway { get; init; }

    /// <summary>The secret shared with it. Default: null.</summary>
    public string? Secret { get; init; }

    /// <summary>What the environment says.</summary>
    public static PaymentSettings OfEnvironment() => new() { Gateway = Variable(GatewayVariable), Secret = Variable(SecretVariable) };

    /// <summary>Every fault, each as a line that says what to do.</summary>
    public ImmutableArray<string> Faults()
    {
        if (Gateway is null) return [];
        var faults = ImmutableArray.CreateBuilder<string>();
        if (!Uri.TryCreate(Gateway, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            faults.Add($"--payment: an http or https address, not '{Gateway}'.");
        if (Secret is not { Length: >= ShortestSecret })
            faults.Add($"--payment: the secret shared with the gateway comes by the variable {SecretVariable}, at least {ShortestSecret} characters.");
        return faults.ToImmutable();
    }

    /// <summary>The gateway; the settings have no faults.</summary>
    public IPaymentGateway Open(TimeProvider time) =>
        Gateway is null ? new NoPaymentGateway() : new HttpPaymentGateway(new Uri(Gateway), Secret!, time);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
