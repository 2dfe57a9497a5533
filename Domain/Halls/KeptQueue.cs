using System.Collections.Immutable;

namespace OneStop.Domain.Halls;

/// <summary>A queue without its order, which follows from the policy in force.</summary>
/// <param name="Issued">Numbers given out today.</param>
/// <param name="IsClosed">Whether no more tickets are taken today.</param>
/// <param name="Waiting">Who waits.</param>
public sealed record KeptQueue(int Issued, bool IsClosed, ImmutableArray<Ticket> Waiting);
