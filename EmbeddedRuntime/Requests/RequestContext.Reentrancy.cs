using OneStop.EmbeddedRuntime;

namespace Orleans.Runtime;

public static partial class RequestContext
{
    /// <summary>Lets the calls made before the section is disposed, and those made in them, come back into this grain while it waits.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        var id = original == Guid.Empty ? SequentialGuid.Next() : original;
        ReentrancyId = id;
        Activation.Current?.EnterReentrantSection(id);
        return new(original, id);
    }

    /// <summary>Takes that permission from the calls made before the section is disposed.</summary>
    public static ReentrancySection SuppressCallChainReentrancy()
    {
        var original = ReentrancyId;
        ReentrancyId = Guid.Empty;
        return new(original, Guid.Empty);
    }

    /// <summary>A stretch of code with its own rule about call chains that come back.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _current;

        /// <summary>Begins the section.</summary>
        /// <param name="originalReentrancyId">In force again when it ends.</param>
        /// <param name="newReentrancyId">In force within it.</param>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _current = newReentrancyId;
        }

        /// <summary>Ends the section.</summary>
        public void Dispose()
        {
            if (_current != Guid.Empty)
            {
                Activation.Current?.ExitReentrantSection(_current);
            }

            ReentrancyId = _original;
        }
    }
}
