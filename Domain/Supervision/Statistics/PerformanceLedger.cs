using System.Collections.Immutable;
using OneStop.Domain.Supervision.Scores;

namespace OneStop.Domain.Supervision.Statistics;

/// <summary>
/// A year's marks, added up as they come. What comes twice or after something newer of the same source counts once, so that any order
/// with any repetition gives what a recount gives, as soon as the newest of each source has come.
/// </summary>
/// <param name="year">The year; marks of other years are not counted.</param>
public sealed class PerformanceLedger(int year)
{
    private readonly Dictionary<string, Entry> entries = [];
    private readonly Dictionary<Cell, (Tally Tally, int Marks)> cells = [];
    private readonly Dictionary<(ScoreSubject Of, string Code, int Month), ScoreSheet> sheets = [];

    // A city's million cases name the same few thousand departments, items, steps and people: each word is kept once.
    private readonly Dictionary<string, string> words = [];

    /// <summary>What there is to count, by day, department, item and step; the step is null for what counts for the department.</summary>
    public IEnumerable<KeyValuePair<Cell, Tally>> Cells => cells.Select(cell => KeyValuePair.Create(cell.Key, cell.Value.Tally));

    /// <summary>Takes in what a source says now.</summary>
    /// <param name="source">The stream it comes from.</param>
    /// <param name="seq">Its head; a smaller one than is known changes nothing.</param>
    /// <param name="marks">All its marks.</param>
    public void Apply(string source, long seq, ImmutableArray<Mark> marks)
    {
        var known = entries.TryGetValue(source, out var old);
        if (known && old.Seq >= seq)
            return;
        foreach (var mark in known ? old.Marks : [])
            Count(source, mark, -1);
        ImmutableArray<Mark> mine = [.. marks.Where(IsOfYear).Select(InKeptWords)];
        // The number is kept also without marks: what is older must not come back.
        entries[source] = new(seq, mine);
        foreach (var mark in mine)
            Count(source, mark, 1);
    }

    /// <summary>What was gathered of a kind of subjects in a month.</summary>
    public IEnumerable<(string Code, ScoreSheet Sheet)> Sheets(ScoreSubject of, int month) =>
        sheets.Where(sheet => sheet.Key.Of == of && sheet.Key.Month == month).Select(sheet => (sheet.Key.Code, sheet.Value));

    private bool IsOfYear(Mark mark) => mark.Day.Year == year;

    private Mark InKeptWords(Mark mark) => mark with
    {
        Department = Kept(mark.Department),
        Item = Kept(mark.Item),
        Step = mark.Step is null ? null : Kept(mark.Step),
        Person = mark.Person is null ? null : Kept(mark.Person),
    };

    private string Kept(string word) => words.TryGetValue(word, out var kept) ? kept : words[word] = word;

    private void Count(string source, Mark mark, int sign)
    {
        var cell = new Cell(mark.Day, mark.Department, mark.Item, mark.Step);
        var (tally, marks) = cells.GetValueOrDefault(cell, (Tally.None, 0));
        if (marks + sign == 0)
            cells.Remove(cell);
        else
            cells[cell] = (tally.With(mark, sign), marks + sign);
        if (mark.Post is { } post)
            Count(ScoreSubject.Post, post);
        else if (mark.Department.Length > 0)
            Count(ScoreSubject.Department, mark.Department);
        if (mark.Person is { } person)
            Count(ScoreSubject.Person, person);

        void Count(ScoreSubject of, string code)
        {
            var key = (of, code, mark.Day.Month);
            if (!sheets.TryGetValue(key, out var sheet))
                sheets[key] = sheet = new ScoreSheet();
            sheet.Count(source, mark, sign);
            if (sheet.IsEmpty)
                sheets.Remove(key);
        }
    }

    private readonly record struct Entry(long Seq, ImmutableArray<Mark> Marks);
}

/// <summary>What is counted together.</summary>
/// <param name="Day">The day.</param>
/// <param name="Department">The department; empty for none.</param>
/// <param name="Item">The item; empty for none.</param>
/// <param name="Step">The step; null for what counts for the department.</param>
public readonly record struct Cell(DateOnly Day, string Department, string Item, string? Step);
