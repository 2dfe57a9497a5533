using System.Collections.Immutable;

namespace OneStop.Journal.Writing;

/// <summary>Changes of one kind to one table in which no key comes twice: one statement writes them all.</summary>
internal sealed record RowSegment(TableSchema Table, bool Delete, IReadOnlyList<ImmutableArray<object?>> Rows);

/// <summary>Turns the row changes of a batch into as few sets as keep their meaning.</summary>
/// <remarks>
/// In most tables only the last change of a key counts. In a table with a unique index the order counts as well,
/// because a value must be given up before another row takes it; there a new set begins whenever the kind changes
/// or a key comes again.
/// </remarks>
internal sealed class RowScript
{
    private readonly Dictionary<TableSchema, List<Draft>> _tables = new(ReferenceEqualityComparer.Instance);

    public void Add(RowChange change)
    {
        if (!_tables.TryGetValue(change.Table, out var drafts))
            _tables.Add(change.Table, drafts = []);
        if (change.Table.Indexes.Any(static index => index.Unique))
            AddInOrder(drafts, change);
        else
            AddLastWins(drafts, change);
    }

    public IReadOnlyList<RowSegment> ToSegments()
    {
        var segments = new List<RowSegment>(_tables.Count);
        foreach (var (table, drafts) in _tables.OrderBy(static entry => entry.Key.Name, StringComparer.Ordinal))
        {
            var ordered = !table.Indexes.Any(static index => index.Unique);
            foreach (var draft in drafts)
                if (draft.Rows.Count > 0)
                    segments.Add(draft.ToSegment(table, ordered));
        }

        return segments;
    }

    private static void AddInOrder(List<Draft> drafts, RowChange change)
    {
        if (drafts.Count == 0 || drafts[^1].Delete != change.Delete || drafts[^1].Rows.ContainsKey(change.Values))
            drafts.Add(new Draft(change));
        else
            drafts[^1].Add(change.Values);
    }

    private static void AddLastWins(List<Draft> drafts, RowChange change)
    {
        var found = false;
        foreach (var draft in drafts)
        {
            if (draft.Delete == change.Delete)
            {
                draft.Add(change.Values);
                found = true;
            }
            else
            {
                draft.Rows.Remove(change.Values);
            }
        }

        if (!found)
            drafts.Add(new Draft(change));
    }

    private sealed class Draft
    {
        private int _next;

        public Draft(RowChange change)
        {
            Delete = change.Delete;
            Rows = new(new RowKey(change.Table.KeyColumns));
            Add(change.Values);
        }

        public bool Delete { get; }

        public Dictionary<ImmutableArray<object?>, (int Order, ImmutableArray<object?> Values)> Rows { get; }

        public void Add(ImmutableArray<object?> values) => Rows[values] = (_next++, values);

        // By key where the order is free, so that two processes take the rows' locks in the same order.
        public RowSegment ToSegment(TableSchema table, bool byKey)
        {
            var rows = Rows.Values.ToArray();
            if (byKey)
                Array.Sort(rows, (a, b) => RowKey.Compare(a.Values, b.Values, table.KeyColumns));
            else
                Array.Sort(rows, static (a, b) => a.Order.CompareTo(b.Order));
            return new RowSegment(table, Delete, Array.ConvertAll(rows, static row => row.Values));
        }
    }
}

/// <summary>Compares rows by their leading key columns.</summary>
internal sealed class RowKey(int columns) : IEqualityComparer<ImmutableArray<object?>>
{
    public static int Compare(ImmutableArray<object?> x, ImmutableArray<object?> y, int columns)
    {
        for (var i = 0; i < columns; i++)
        {
            var result = x[i] is string text ? string.CompareOrdinal(text, (string?)y[i]) : Comparer<object>.Default.Compare(x[i], y[i]);
            if (result != 0)
                return result;
        }

        return 0;
    }

    public bool Equals(ImmutableArray<object?> x, ImmutableArray<object?> y)
    {
        for (var i = 0; i < columns; i++)
            if (!Equals(x[i], y[i]))
                return false;
        return true;
    }

    public int GetHashCode(ImmutableArray<object?> row)
    {
        var hash = default(HashCode);
        for (var i = 0; i < columns; i++)
            hash.Add(row[i]);
        return hash.ToHashCode();
    }
}
