namespace OneStop.WebFrontend.Metrics;

/// <summary>One combination of labels of a family, and what was measured under it.</summary>
/// <param name="labels">The labels as they are written, without braces.</param>
/// <param name="bounds">Upper bounds of the buckets; empty when it is no histogram.</param>
internal sealed class Series(string labels, double[] bounds)
{
    private readonly Lock gate = new();
    private readonly long[] buckets = new long[bounds.Length + 1];
    private double value;
    private int scrape;

    public string Labels => labels;

    /// <summary>For what is told as it happens.</summary>
    public void Add(double amount)
    {
        lock (gate) value += amount;
    }

    /// <summary>For what is told as it stands.</summary>
    public void Set(double current)
    {
        lock (gate) value = current;
    }

    /// <summary>For what is asked at each scrape; what several tell under the same labels adds up.</summary>
    public void Tell(double current, int now)
    {
        lock (gate)
        {
            value = scrape == now ? value + current : current;
            scrape = now;
        }
    }

    public void Observe(double observation)
    {
        var bucket = Array.BinarySearch(bounds, observation);
        lock (gate)
        {
            buckets[bucket < 0 ? ~bucket : bucket]++;
            value += observation;
        }
    }

    /// <summary>Whether it was told at this scrape.</summary>
    public bool IsOf(int now)
    {
        lock (gate) return scrape == now;
    }

    public double Value()
    {
        lock (gate) return value;
    }

    /// <summary>The sum of all observations and how many there are in each bucket, the last one without a bound.</summary>
    public (double Sum, long[] Buckets) Histogram()
    {
        lock (gate) return (value, [.. buckets]);
    }
}
