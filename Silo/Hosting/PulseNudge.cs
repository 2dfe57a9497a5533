using System.Threading.Channels;

namespace OneStop.Silo.Hosting;

/// <summary>Asks <see cref="Pulse"/> for a beat before its time; asked several times before it comes, it beats once.</summary>
internal sealed class PulseNudge
{
    private readonly Channel<bool> asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Asks for a beat.</summary>
    public void Give() => asked.Writer.TryWrite(true);

    /// <summary>Waits until somebody asks.</summary>
    public async Task WaitAsync(CancellationToken cancellation) => await asked.Reader.ReadAsync(cancellation);
}
