namespace OneStop.Bench;

/// <summary>Orleans' own ADO.NET storage, which only the build with Orleans can measure.</summary>
public sealed class StockStorage : IAsyncDisposable
{
    /// <summary>Starts nothing.</summary>
    public static Task<StockStorage?> StartAsync(string postgres, bool makeTables) => Task.FromResult<StockStorage?>(null);

    /// <summary>Never called.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public Task<double> MeasureAsync(IReadOnlyList<string> payloads, int callers, TimeSpan duration) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
