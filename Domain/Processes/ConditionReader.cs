using System.Globalization;
using System.Text.RegularExpressions;

namespace OneStop.Domain.Processes;

/// <summary>Reads the language of <see cref="FlowCondition"/>.</summary>
internal sealed partial class ConditionReader
{
    private const int Longest = 2_000;
    private const int Deepest = 32;
    private static readonly string[] Outcomes = ["approved", "rejected", "returned"];

    private readonly List<string> tokens = [];
    private int next;
    private int depth;

    public ConditionReader(string text)
    {
        text = text.Trim();
        if (text.Length > Longest)
            throw new FormatException($"A condition has at most {Longest} characters.");
        if (text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}'))
            text = text[2..^1].Trim();
        for (var at = 0; at < text.Length;)
        {
            var match = Token().Match(text, at);
            if (!match.Success || match.Index != at)
                throw new FormatException($"'{text[at]}' at character {at + 1} is not understood.");
            if (!string.IsNullOrWhiteSpace(match.Value))
                tokens.Add(match.Value);
            at += match.Length;
        }
    }

    private string Current => next < tokens.Count ? tokens[next] : "";

    public FlowCondition.Expression Read()
    {
        var read = ReadOr();
        return Current.Length == 0 ? read : throw new FormatException($"'{Current}' comes after the end of the condition.");
    }

    private FlowCondition.Expression ReadOr()
    {
        var left = ReadAnd();
        while (Take("or"))
            left = new FlowCondition.Or(left, ReadAnd());
        return left;
    }

    private FlowCondition.Expression ReadAnd()
    {
        var left = ReadNot();
        while (Take("and"))
            left = new FlowCondition.And(left, ReadNot());
        return left;
    }

    private FlowCondition.Expression ReadNot()
    {
        if (++depth > Deepest)
            throw new FormatException($"A condition is nested at most {Deepest} deep.");
        FlowCondition.Expression read;
        if (Take("not"))
        {
            read = new FlowCondition.Not(ReadNot());
        }
        else if (Take("("))
        {
            read = ReadOr();
            Expect(")");
        }
        else
        {
            read = ReadComparison();
        }

        depth--;
        return read;
    }

    private FlowCondition.Expression ReadComparison()
    {
        var word = Current;
        next++;
        if (word == "outcome" && Take("("))
        {
            var step = Current;
            next++;
            Expect(")");
            var equal = ReadOperator() switch
            {
                "=" => true,
                "!=" => false,
                var other => throw new FormatException($"An outcome is compared by = or !=, not by {other}."),
            };
            var outcome = Literal();
            return outcome is string named && Outcomes.Contains(named)
                ? new FlowCondition.OutcomeIs(step, named, equal)
                : throw new FormatException($"An outcome is one of '{string.Join("', '", Outcomes)}'.");
        }

        if (!word.StartsWith("form.", StringComparison.Ordinal))
            throw new FormatException(word.Length == 0 ? "The condition ends too early." : $"'{word}' is neither outcome(step) nor form.member.");
        var path = word["form.".Length..].Split('.');
        if (path.Any(string.IsNullOrEmpty))
            throw new FormatException($"'{word}' names no member of the form.");
        var comparison = ReadOperator();
        var literal = Literal();
        return literal is bool or string && comparison is not ("=" or "!=")
            ? throw new FormatException($"Only numbers are compared by {comparison}.")
            : new FlowCondition.FormAsks(new FormQuestion([.. path], comparison, literal));
    }

    private string ReadOperator()
    {
        var read = Current == "==" ? "=" : Current;
        next++;
        return read is "=" or "!=" or "<" or "<=" or ">" or ">=" ? read : throw new FormatException("A comparison is expected: =, !=, <, <=, > or >=.");
    }

    private object Literal()
    {
        object literal = Current switch
        {
            ['\'' or '"', ..] quoted => quoted[1..^1],
            "true" => true,
            "false" => false,
            var number when decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
            _ => throw new FormatException("A comparison ends with a 'text', a number, true or false."),
        };
        next++;
        return literal;
    }

    private bool Take(string word)
    {
        if (Current != word)
            return false;
        next++;
        return true;
    }

    private void Expect(string word)
    {
        if (!Take(word))
            throw new FormatException($"'{word}' is missing.");
    }

    [GeneratedRegex(@"\G(?:\s+|'[^']*'|""[^""]*""|-?[0-9]+(?:\.[0-9]+)?|[\p{L}_][\p{L}\p{N}_.-]*|==|!=|<=|>=|[=<>()])", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
