using OneStop.Journal;
using OneStop.Tests;

namespace OneStop.Grains.Tests;

/// <summary>Where an append is cut off.</summary>
internal enum Cut
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Nothing of it becomes durable.</summary>
    Before,

    /// <summary>All of it is durable, but nobody learns of it.</summary>
    After,
}

/// <summary>A real journal whose appends can be cut off.</summary>
internal sealed class CutJournal(IJournal inner) : JournalDecorator(inner)
{
    /// <summary>Decides for each append. Default: none is cut.</summary>
    public Func<AppendRequest, Cut> Where { get; set; } = _ => Cut.None;

    /// <summary>What a cut append throws. Default: the store cannot be reached.</summary>
    public Func<Exception> Fault { get; set; } = () => new StoreUnavailableException("Cut off by the test.");

    public override async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default)
    {
        var cut = Where(request);
        if (cut == Cut.Before) throw Fault();
        var result = await base.AppendAsync(request, cancellationToken);
        return cut == Cut.After ? throw Fault() : result;
    }
}
