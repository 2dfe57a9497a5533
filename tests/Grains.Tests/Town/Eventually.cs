namespace OneStop.Grains.Tests;

/// <summary>Waits that name what did not come.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks the system again until it answers as wanted.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> asked, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await asked())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"Within {Patience}, this did not come: {what}.");
            await Task.Yield();
        }
    }

    /// <summary>Waits for a signal.</summary>
    public static async Task<T> ComesAsync<T>(Task<T> signal, string what)
    {
        try
        {
            return await signal.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Within {Patience}, this did not come: {what}.");
        }
    }
}
