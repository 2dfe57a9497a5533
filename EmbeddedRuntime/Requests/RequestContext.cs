using OneStop.EmbeddedRuntime;

namespace Orleans.Runtime;

/// <summary>Values that travel with a call and with the calls made in it, never back.</summary>
public static partial class RequestContext
{
    private static readonly AsyncLocal<RequestValues?> s_values = new();

    /// <summary>The names of the values in force.</summary>
    public static IEnumerable<string> Keys => Values?.Items.Keys ?? [];

    /// <summary>The values in force.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Values?.Items ?? [];

    /// <summary>The call chain that may re-enter the grains that allowed it; empty for none.</summary>
    public static Guid ReentrancyId
    {
        get => Values?.ReentrancyId ?? Guid.Empty;
        set => Values = RequestValues.Of(Values?.Items, value);
    }

    internal static RequestValues? Values
    {
        get => s_values.Value;
        set => s_values.Value = value;
    }

    /// <summary>A value, or null.</summary>
    /// <param name="key">Its name.</param>
    public static object? Get(string key) => Values?.Items.GetValueOrDefault(key);

    /// <summary>Sets a value for the calls made from here on.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">The value, immutable.</param>
    public static void Set(string key, object value)
    {
        var now = Values ?? RequestValues.Empty;
        Values = RequestValues.Of(now.Items.SetItem(key, value), now.ReentrancyId);
    }

    /// <summary>Takes a value away.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>Whether it was there.</returns>
    public static bool Remove(string key)
    {
        if (Values is not { } now || !now.Items.ContainsKey(key))
        {
            return false;
        }

        Values = RequestValues.Of(now.Items.Remove(key), now.ReentrancyId);
        return true;
    }

    /// <summary>Takes all values away.</summary>
    public static void Clear() => Values = null;
}
