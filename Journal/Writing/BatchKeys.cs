namespace OneStop.Journal.Writing;

/// <summary>Everything a batch touches by key: what to lock and read before it can be planned.</summary>
internal sealed class BatchKeys
{
    private BatchKeys(string[] streams, CommandKey[] commands, string[] subjects, string[] erased)
    {
        Erased = erased;
        Streams = streams;
        Commands = commands;
        Subjects = subjects;
    }

    /// <summary>Distinct and sorted: every writer locks in this order, or two of them would wait for each other.</summary>
    public string[] Streams { get; }

    public CommandKey[] Commands { get; }

    public string[] Subjects { get; }

    /// <summary>Those of the subjects that documents are taken from: nobody else may seal under their keys meanwhile.</summary>
    public string[] Erased { get; }

    public static BatchKeys Of(ReadOnlySpan<PendingAppend> batch)
    {
        var streams = new HashSet<string>(batch.Length, StringComparer.Ordinal);
        var commands = new HashSet<CommandKey>(batch.Length);
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        var erased = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pending in batch)
        {
            foreach (var stream in pending.Request.Streams)
                streams.Add(stream.Stream);
            if (pending.Request.Command is { } command)
                commands.Add(new CommandKey(command.Caller, command.Id));
            foreach (var document in pending.Request.Documents)
                subjects.Add(document.Subject);
            foreach (var erasure in pending.Request.Erasures)
                erased.Add(erasure.Subject);
        }

        subjects.UnionWith(erased);

        return new BatchKeys(
            Sorted(streams, StringComparer.Ordinal), Sorted(commands, CommandKey.Order), Sorted(subjects, StringComparer.Ordinal),
            Sorted(erased, StringComparer.Ordinal));
    }

    /// <summary>One subject and nothing else.</summary>
    public static BatchKeys OfSubject(string subject) => new([], [], [subject], []);

    private static T[] Sorted<T>(HashSet<T> set, IComparer<T> order)
    {
        var array = new T[set.Count];
        set.CopyTo(array);
        Array.Sort(array, order);
        return array;
    }
}

/// <summary>What makes a command one and the same.</summary>
internal readonly record struct CommandKey(string Caller, string Id)
{
    public static IComparer<CommandKey> Order { get; } = Comparer<CommandKey>.Create(static (a, b) =>
        string.CompareOrdinal(a.Caller, b.Caller) is var byCaller && byCaller != 0 ? byCaller : string.CompareOrdinal(a.Id, b.Id));
}
