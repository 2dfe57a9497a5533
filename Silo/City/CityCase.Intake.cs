using System.Globalization;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Applications;

namespace OneStop.Silo.City;

/// <summary>How a case comes in: of a hundred three are refused, seven corrected, three looked at too late, so that silence accepts them.</summary>
internal sealed partial class CityCase
{
    private const int Population = 200_000;

    private async Task ReceiveAsync(DateTimeOffset now)
    {
        var person = random.Next(Population).ToString("D6", CultureInfo.InvariantCulture);
        var channel = Luck < 0.4 ? Channel.Portal : Channel.Desk;
        await Grain.Receive(Info("public"), Actor.Public, new Intake(Item.Code, "市民 " + person, "CITY-" + person, null, "{}", [], channel, "00000000"));
        if (Luck < 0.015) Plan(now, Luck * 25, CityActKind.Withdraw);
        if (Item.Kind == ItemKind.Instant) Soon(now, CityActKind.TakeIn);
        else Plan(now, Luck < 0.97 ? Luck * 3 : 6 + (Luck * 3), CityActKind.TakeIn);
    }

    private async Task TakeInAsync(DateTimeOffset now, bool again)
    {
        var view = await Grain.View();
        if (view.State != ApplicationStatus.Received)
        {
            // Nobody had looked at it in time: it counts as accepted (article 32).
            Work(view, now);
            return;
        }

        var luck = Luck;
        if (luck < 0.03)
        {
            var reason = Text("不属于本机关职权范围");
            Ended("refused", await ExecuteAsync(CityPeople.Clerk, new RefuseApplication("行政许可法 第三十二条", reason.Reference), reason));
        }
        else if (!again && luck < 0.10)
        {
            await ExecuteAsync(CityPeople.Clerk, new RequestCorrection(["身份证明"]));
            if (Luck < 0.9) Plan(now, 1 + (Luck * 8), CityActKind.Supplement);
            else Plan(now, 20, CityActKind.Withdraw);
        }
        else
        {
            await AcceptAsync(now);
        }
    }

    private async Task AcceptAsync(DateTimeOffset now)
    {
        var view = await ExecuteAsync(CityPeople.Clerk, new AcceptApplication());
        if (Item.Kind != ItemKind.Instant && Luck < 0.04) Plan(now, 1 + (Luck * 3), CityActKind.Suspend);
        if (Item.ExtensionWorkingDays > 0 && Item.Kind != ItemKind.Instant && Luck < 0.03) Plan(now, Luck * 2, CityActKind.Extend);
        Work(view, now);
    }

    private async Task SupplementAsync(DateTimeOffset now)
    {
        await ExecuteAsync(Actor.Public, new SupplementApplication(["id"]));
        Plan(now, Luck * 3, CityActKind.TakeInAgain);
    }

    private async Task StartOutsideAsync(DateTimeOffset now)
    {
        await Grain.Report(Info("system"), new ReportStart(Number, Item, now));
        Plan(now, Luck * 2, CityActKind.Activity);
    }

    private async Task ReportAsync(DateTimeOffset now)
    {
        await Grain.Report(Info("system"), new ReportActivity(
            new ReportedActivity(now, "办理", "handler." + Item.Department, Item.Department, Milestone.None, GivesReason: false)));
        Plan(now, Luck < 0.95 ? Luck * 2 : 10, Luck < 0.6 ? CityActKind.Activity : CityActKind.EndOutside);
    }

    private async Task EndOutsideAsync(DateTimeOffset now)
    {
        await Grain.Report(Info("system"), new ReportEnd(now));
        Ended("reportedEnd", await Grain.View());
    }
}
