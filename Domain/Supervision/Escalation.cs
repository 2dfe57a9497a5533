using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Notices;
using Orleans;

namespace OneStop.Domain.Supervision;

/// <summary>What a step of the ladder goes by.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<EscalationTrigger>))]
public enum EscalationTrigger
{
    /// <summary>A warning was issued.</summary>
    Warning = CardLevel.Warning,

    /// <summary>A yellow card was issued.</summary>
    Yellow = CardLevel.Yellow,

    /// <summary>A red card was issued.</summary>
    Red = CardLevel.Red,

    /// <summary>The department let the time for its explanation pass.</summary>
    Unexplained,
}

/// <summary>One step of the ladder.</summary>
/// <param name="On">What it goes by.</param>
/// <param name="AfterWorkingDays">
/// 0: at once. More: so many working days later, when the card is still in force and the case still unhandled or the
/// card still unexplained.
/// </param>
/// <param name="Tell">Who is told.</param>
[GenerateSerializer, Immutable]
public sealed record EscalationStep(EscalationTrigger On, int AfterWorkingDays, ImmutableArray<Post> Tell)
{
    /// <summary>What the record calls it.</summary>
    [JsonIgnore]
    public string Rung => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{CamelCase.Of(On)}+{AfterWorkingDays}");
}

/// <summary>Who is told of cards, and how long a department may take to explain one (S6): part of a rule, and so data.</summary>
/// <param name="Steps">The ladder.</param>
[GenerateSerializer, Immutable]
public sealed record Escalation(ImmutableArray<EscalationStep> Steps)
{
    private const int Furthest = 250;

    /// <summary>Working days within which a department explains a yellow or red card (陈述申辩). Default: 5.</summary>
    [Id(0)]
    public int ExplanationWorkingDays { get; init; } = 5;

    /// <summary>
    /// A warning tells the handler, a yellow card the head of the section too, a red card the head of the department and
    /// the supervision officer too; the head of the department hears of a yellow card that is unhandled for 3 working
    /// days, the mayor of a red one, and the officer of what nobody explained.
    /// </summary>
    public static Escalation Default { get; } = new(
    [
        new(EscalationTrigger.Warning, 0, [Post.Handler]),
        new(EscalationTrigger.Yellow, 0, [Post.SectionHead]),
        new(EscalationTrigger.Yellow, 3, [Post.DepartmentHead]),
        new(EscalationTrigger.Red, 0, [Post.DepartmentHead, Post.SupervisionOfficer]),
        new(EscalationTrigger.Red, 3, [Post.Mayor]),
        new(EscalationTrigger.Unexplained, 0, [Post.SupervisionOfficer]),
    ]);

    /// <summary>Who is told of a card at once: those of its level, and those who would have had the lower ones.</summary>
    public IEnumerable<Post> ToldAtOnce(CardLevel level) => Steps
        .Where(s => s.AfterWorkingDays == 0 && s.On != EscalationTrigger.Unexplained && (int)s.On <= (int)level)
        .SelectMany(s => s.Tell).Distinct().Order();

    /// <summary>Every fault, with its place.</summary>
    public IEnumerable<Fault> Faults(string pointer)
    {
        if (ExplanationWorkingDays is < 1 or > Furthest)
            yield return new($"{pointer}/explanationWorkingDays", "out-of-range", $"A department has 1 to {Furthest} working days to explain a card.");
        for (var i = 0; i < Steps.Length; i++)
        {
            var step = Steps[i];
            if (step.AfterWorkingDays is < 0 or > Furthest)
                yield return new($"{pointer}/steps/{i}/afterWorkingDays", "out-of-range", $"A step comes at once or up to {Furthest} working days later.");
            if (step.Tell.IsDefaultOrEmpty)
                yield return new($"{pointer}/steps/{i}/tell", "required", "A step tells somebody.");
            if (Steps.Take(i).Any(s => s.On == step.On && s.AfterWorkingDays == step.AfterWorkingDays))
                yield return new($"{pointer}/steps/{i}", "repeated", "There is another step for the same moment.");
        }
    }
}
