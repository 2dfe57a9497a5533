using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace OneStop.Domain.Processes;

/// <summary>
/// When an exclusive gateway takes a way: a small language over the outcomes of steps and the answers of the form.
/// <code>
/// condition  = and { "or" and }
/// and        = not { "and" not }
/// not        = "not" not | "(" condition ")" | comparison
/// comparison = outcome(step) ( "=" | "!=" ) 'approved' | 'rejected' | 'returned'
///            | form.member.member ( "=" | "!=" | "&lt;" | "&lt;=" | ">" | ">=" ) ( 'text' | number | true | false )
/// </code>
/// A modeller's <c>${...}</c> around it is allowed, and <c>==</c> for <c>=</c>. An answer that is missing or of another
/// kind makes every comparison false but <c>!=</c>.
/// </summary>
public sealed class FlowCondition
{
    private readonly Expression root;

    private FlowCondition(Expression root)
    {
        this.root = root;
        var (steps, questions) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<FormQuestion>());
        Gather(root, steps, questions);
        Steps = steps.ToImmutable();
        FormQuestions = questions.ToImmutable();
    }

    /// <summary>The steps whose outcome it asks for.</summary>
    public ImmutableArray<string> Steps { get; }

    /// <summary>What it asks of the form.</summary>
    public ImmutableArray<FormQuestion> FormQuestions { get; }

    /// <summary>Reads a condition that was found sound before.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static FlowCondition Parse(string text) => TryParse(text, out var condition, out var fault) ? condition : throw new FormatException(fault);

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The text.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="fault">What is wrong with it, in plain words.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out FlowCondition? condition, [NotNullWhen(false)] out string? fault)
    {
        (condition, fault) = (null, null);
        try
        {
            condition = new FlowCondition(new ConditionReader(text).Read());
            return true;
        }
        catch (FormatException e)
        {
            fault = e.Message;
            return false;
        }
    }

    /// <summary>Whether it holds.</summary>
    /// <param name="outcome">The latest outcome of a step in camelCase; null while it has none.</param>
    /// <param name="answers">The questions to the form that are answered with yes, by their text.</param>
    public bool Holds(Func<string, string?> outcome, Func<string, bool> answers) => Holds(root, outcome, answers);

    private static bool Holds(Expression expression, Func<string, string?> outcome, Func<string, bool> answers) => expression switch
    {
        Or or => Holds(or.Left, outcome, answers) || Holds(or.Right, outcome, answers),
        And and => Holds(and.Left, outcome, answers) && Holds(and.Right, outcome, answers),
        Not not => !Holds(not.Inner, outcome, answers),
        OutcomeIs asked => (outcome(asked.Step) == asked.Outcome) == asked.Equal,
        FormAsks asked => answers(asked.Question.Text),
        _ => throw new InvalidOperationException($"Expression {expression.GetType().Name} is not known."),
    };

    private static void Gather(Expression expression, ImmutableArray<string>.Builder steps, ImmutableArray<FormQuestion>.Builder questions)
    {
        switch (expression)
        {
            case Or or:
                Gather(or.Left, steps, questions);
                Gather(or.Right, steps, questions);
                break;
            case And and:
                Gather(and.Left, steps, questions);
                Gather(and.Right, steps, questions);
                break;
            case Not not:
                Gather(not.Inner, steps, questions);
                break;
            case OutcomeIs asked:
                steps.Add(asked.Step);
                break;
            case FormAsks asked:
                questions.Add(asked.Question);
                break;
        }
    }

    internal abstract record Expression;

    internal sealed record Or(Expression Left, Expression Right) : Expression;

    internal sealed record And(Expression Left, Expression Right) : Expression;

    internal sealed record Not(Expression Inner) : Expression;

    internal sealed record OutcomeIs(string Step, string Outcome, bool Equal) : Expression;

    internal sealed record FormAsks(FormQuestion Question) : Expression;
}
