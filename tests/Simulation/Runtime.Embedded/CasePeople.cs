using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Grains.Interfaces.Applications;

namespace OneStop.Simulations;

/// <summary>Applicants, clerks, handlers and heads. They do not look first: much of what they try is refused.</summary>
internal sealed class CasePeople(TownDefinition town, Random dice)
{
    private static readonly string[] Reasons = ["材料存疑", "现场不符", "情况复杂"];

    private readonly List<(string Number, ItemDefinition Item)> cases = [];
    private int made;

    /// <summary>Cases whose receipt was acknowledged.</summary>
    public IReadOnlyList<string> Numbers => [.. cases.Select(c => c.Number)];

    /// <summary>What somebody does next.</summary>
    public Act Next() => cases.Count == 0 || dice.Next(5) == 0 ? Apply() : About(cases[dice.Next(cases.Count)]);

    private Act Apply()
    {
        var item = town.Items[dice.Next(town.Items.Length)];
        var number = string.Create(CultureInfo.InvariantCulture, $"S{++made:D5}");
        // Some applicants come again.
        var person = string.Create(CultureInfo.InvariantCulture, $"ID-{dice.Next(40)}");
        var intake = new Intake(item.Code, "李雷", person, null, "{}", [.. item.Materials.Select(m => m.Zh).Take(2)], Channel.Desk, "code");
        return new Act("receive " + item.Code, "public", async (world, info) => await Grain(world, number).Receive(info, Actor.Public, intake))
        {
            Done = _ => cases.Add((number, item)),
        };
    }

    private Act About((string Number, ItemDefinition Item) of)
    {
        var step = of.Item.Steps.IsEmpty ? null : of.Item.Steps[dice.Next(of.Item.Steps.Length)];
        var department = step?.Department ?? of.Item.Department;
        var (clerk, handler, head) = (
            new Actor("clerk1", null, [Role.Clerk]), new Actor("handler." + department, department, [Role.Handler]), new Actor("head." + department, department, [Role.Head]));
        var reference = string.Create(CultureInfo.InvariantCulture, $"text-{++made}");
        var reason = new CaseText(reference, Reasons[dice.Next(Reasons.Length)]);
        return dice.Next(14) switch
        {
            0 or 1 => Execute(clerk, new AcceptApplication()),
            2 => Execute(clerk, new RequestCorrection(["photo"])),
            3 => Execute(clerk, new SupplementApplication([reference])),
            4 => Execute(handler, new SuspendApplication(SpecialProcedure.Hearing, dice.Next(1, 15))),
            5 => Execute(handler, new ResumeApplication()),
            6 => Execute(head, new ExtendApplication(reference), reason),
            7 => Execute(head, new DecideApplication(dice.Next(4) > 0 ? ApplicationOutcome.Granted : ApplicationOutcome.Denied, reference), reason),
            8 => Execute(clerk, new DeliverApplication()),
            9 when dice.Next(4) == 0 => Execute(clerk, new WithdrawApplication()),
            10 when dice.Next(4) == 0 => Execute(clerk, new RefuseApplication("第三十二条", reference), reason),
            11 when step is not null => Execute(step.Role == StepRole.Head ? head : handler, new ClaimStep(step.Id)),
            _ when step is not null => Execute(
                step.Role == StepRole.Head ? head : handler,
                new CompleteStep(step.Id, dice.Next(6) > 0 ? StepOutcome.Approved : StepOutcome.Rejected, reference),
                reason),
            _ => Execute(handler, new DecideApplication(ApplicationOutcome.Granted, reference), reason),
        };

        Act Execute(Actor actor, ApplicationCommand command, params ImmutableArray<CaseText> texts) => new(
            command.GetType().Name + " " + of.Number, actor.User, async (world, info) => await Grain(world, of.Number).Execute(info, actor, command, texts));
    }

    private static IApplicationGrain Grain(World world, string number) => world.Grains.GetGrain<IApplicationGrain>(number);
}
