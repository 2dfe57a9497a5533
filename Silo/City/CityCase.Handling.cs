using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;

namespace OneStop.Silo.City;

/// <summary>How a case is worked on: most steps within their limit, some late, one in a hundred by nobody until the officer asks for it.</summary>
internal sealed partial class CityCase
{
    // What runs and is not on anybody's list yet is planned; when nothing is left, the decision.
    private void Work(ApplicationView view, DateTimeOffset now)
    {
        var running = view.Steps.Where(s => s.State is StepStatus.Open or StepStatus.Claimed).ToList();
        foreach (var step in running.Where(s => planned.Add(s.Id)))
        {
            var limit = DaysOf(Item.Steps.First(s => s.Id == step.Id).Limit);
            var luck = Luck;
            if (luck < 0.01) Plan(now, limit + 5, CityActKind.Supervise, step.Id);
            else Plan(now, limit * (luck < 0.92 ? Luck * 0.95 : luck < 0.985 ? 1 + (Luck * 2) : 4 + (Luck * 4)), CityActKind.Step, step.Id);
        }

        if (running.Count > 0 || deciding) return;
        deciding = true;
        if (Item.Kind == ItemKind.Instant) Soon(now, CityActKind.Decide);
        else Plan(now, Luck * 2, CityActKind.Decide);
    }

    private async Task StepAsync(string id, DateTimeOffset now)
    {
        var step = Item.Steps.First(s => s.Id == id);
        var (outcome, reason) = (StepOutcome.Approved, Text("符合要求"));
        if (id.StartsWith(CityCourse.Review, StringComparison.Ordinal))
        {
            if (returned < retreats && Luck < 0.2) (outcome, returned) = (StepOutcome.Returned, returned + 1);
        }
        else if (Luck < 0.006)
        {
            (outcome, vetoed) = (StepOutcome.Rejected, true);
        }

        planned.Remove(id);
        Work(await ExecuteAsync(CityPeople.For(step), new CompleteStep(id, outcome, reason.Reference), reason), now);
    }

    private async Task SuperviseAsync(string step, DateTimeOffset now)
    {
        if (!supervised)
        {
            supervised = true;
            var reason = Text("请限期办结");
            await ExecuteAsync(CityPeople.Officer, new SuperviseApplication(null, reason.Reference), reason);
        }

        Plan(now, 1 + (Luck * 2), CityActKind.Step, step);
    }

    private async Task SuspendAsync(DateTimeOffset now)
    {
        if (deciding) return;
        var procedures = Enum.GetValues<SpecialProcedure>();
        var days = random.Next(3, 16);
        await ExecuteAsync(CityPeople.Handler(Item.Department), new SuspendApplication(procedures[random.Next(procedures.Length)], days));
        suspended = true;
        Plan(now, days * (0.4 + (Luck * 0.8)), CityActKind.Resume);
    }

    private async Task ResumeAsync(DateTimeOffset now)
    {
        await ExecuteAsync(CityPeople.Handler(Item.Department), new ResumeApplication());
        suspended = false;
        foreach (var act in waiting) Plan(now, Luck, act.Kind, act.Step);
        waiting.Clear();
    }

    private async Task ExtendAsync()
    {
        if (deciding) return;
        var reason = Text("案情复杂");
        await ExecuteAsync(CityPeople.Head(Item.Department), new ExtendApplication(reason.Reference), reason);
    }

    private async Task WithdrawAsync()
    {
        if (deciding) return;
        Ended("withdrawn", await ExecuteAsync(Actor.Public, new WithdrawApplication()));
    }

    private async Task DecideAsync(DateTimeOffset now)
    {
        var outcome = vetoed || Luck < 0.03 ? ApplicationOutcome.Denied : ApplicationOutcome.Granted;
        var reason = Text(outcome == ApplicationOutcome.Denied ? "不符合法定条件" : "符合法定条件");
        await ExecuteAsync(CityPeople.Head(Item.Department), new DecideApplication(outcome, reason.Reference), reason);
        decision = outcome;
        if (Item.Kind == ItemKind.Instant) Soon(now, CityActKind.Deliver);
        else Plan(now, Luck < 0.97 ? Luck * 4 : 8 + (Luck * 10), CityActKind.Deliver);
    }

    private async Task DeliverAsync() =>
        Ended(decision == ApplicationOutcome.Granted ? "granted" : "denied", await ExecuteAsync(CityPeople.Clerk, new DeliverApplication()));
}
