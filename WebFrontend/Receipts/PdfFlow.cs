namespace OneStop.WebFrontend.Receipts;

/// <summary>Sets lines one below the other, breaks those that are too long and begins a new page where one ends.</summary>
/// <param name="width">Width of a page in points.</param>
/// <param name="height">Its height.</param>
/// <param name="margin">What stays free on every side.</param>
internal sealed class PdfFlow(int width, int height, int margin)
{
    private readonly List<PdfPage> pages = [new PdfPage(width, height)];

    // Where the last base line or the lower edge of what was drawn is.
    private double at = margin;

    /// <summary>Space between the margins.</summary>
    public double Room => width - (2 * margin);

    /// <summary>Writes a text.</summary>
    /// <param name="size">Size of the letters.</param>
    /// <param name="text">The text; its line ends are kept.</param>
    /// <param name="gap">Space above the first line, besides the letters.</param>
    public void Text(double size, string text, double gap = 4)
    {
        foreach (var line in text.Split('\n').SelectMany(paragraph => Broken(size, paragraph.TrimEnd('\r'))))
        {
            Need(gap + size);
            at += gap + size;
            pages[^1].Text(margin, at, size, line);
            gap = size * 0.4;
        }
    }

    /// <summary>Draws a code with lines beside it.</summary>
    public void Code(double side, QrModules code, params ReadOnlySpan<(double Size, string Text)> beside)
    {
        Need(side);
        // Its quiet zone is white as the margin is.
        pages[^1].Code(margin - (side / 12), at, side, code);
        var line = at + (side * 0.38);
        foreach (var (size, text) in beside)
        {
            pages[^1].Text(margin + side, line, size, text);
            line += size * 1.6;
        }

        at += side;
    }

    /// <summary>The file.</summary>
    public byte[] ToArray() => PdfFile.Write(pages);

    /// <summary>How wide a text is at most.</summary>
    public static double WidthOf(double size, string text) => text.Sum(c => WidthOf(size, c));

    // Helvetica's letters are counted by their widest kin, Chinese ones are square.
    private static double WidthOf(double size, char c) => size * c switch
    {
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' or '/' => 0.28,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.95,
        >= 'A' and <= 'Z' => 0.78,
        >= ' ' and <= '~' => 0.584,
        _ => 1.0,
    };

    private void Need(double space)
    {
        if (at + space <= height - margin) return;
        pages.Add(new PdfPage(width, height));
        at = margin;
    }

    private IEnumerable<string> Broken(double size, string text)
    {
        var from = 0;
        while (EndOfLine(size, text, from) is var end && end < text.Length)
        {
            yield return text[from..end];
            from = end;
        }

        yield return text[from..];
    }

    private int EndOfLine(double size, string text, int from)
    {
        var end = from;
        for (var room = Room; end < text.Length && (room -= WidthOf(size, text[end])) >= 0;) end++;
        if (end == text.Length) return end;
        // Words stay whole, as far as they are not longer than a line.
        if (char.IsAscii(text[end]) && text.LastIndexOf(' ', end, end - from) is var space and >= 0) return space + 1;
        // Closing marks do not begin a line: the character before goes with them.
        if (end > from + 1 && "，。；：、！？）》〕」”".Contains(text[end], StringComparison.Ordinal) && !char.IsLowSurrogate(text[end - 1])) return end - 1;
        // At least one, and never half a character.
        return end == from || char.IsLowSurrogate(text[end]) ? end + 1 : end;
    }
}
