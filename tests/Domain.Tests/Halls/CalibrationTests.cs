using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Estimating;

namespace OneStop.Domain.Tests.Halls;

public class CalibrationTests
{
    private const int FittedDays = 10;
    private const int Days = 22;

    [Fact]
    public void EstimatesAtIssueAreCalibratedOnDaysTheyWereNotFittedOn()
    {
        var hall = HallDay.Shilong;
        var fit = Fitted(hall);
        var calibration = Calibration.None;
        var waits = new List<double>();

        // Every sixth ticket of a month's later twelve days: about 850 estimates of 150 futures each.
        for (var number = FittedDays; number < Days; number++)
        {
            var day = new HallDay(hall, number);
            for (var i = number % 6; i < day.Visits.Length; i += 6)
            {
                var visit = day.Result.Visits[i];
                var estimate = WaitEstimator.Estimate(hall, day.SnapshotAt(visit.Visit.TakenAt), fit, new EstimateOptions((ulong)i, 150));
                calibration = calibration.Observe(visit.Visit.Service, estimate.Waiting["t" + i], visit.Wait!.Value);
                waits.Add(visit.Wait.Value.TotalSeconds);
            }
        }

        var output = TestContext.Current.TestOutputHelper;
        foreach (var (service, counts) in calibration.Services) output?.WriteLine($"{service}: {counts.ShareUnderP50:P1} {counts.ShareUnderP90:P1} {counts}");
        output?.WriteLine($"all: {calibration.Overall.ShareUnderP50:P1} {calibration.Overall.ShareUnderP90:P1} {calibration.Overall}");
        output?.WriteLine($"waits: mean {waits.Average():F0} s, longest {waits.Max():F0} s");
        Assert.InRange(calibration.Overall.ShareUnderP50!.Value, 0.45, 0.55);
        Assert.InRange(calibration.Overall.ShareUnderP90!.Value, 0.85, 0.95);
    }

    private static HallFit Fitted(HallDefinition hall)
    {
        var fit = HallFit.Prior(hall);
        for (var number = 0; number < FittedDays; number++)
        {
            var day = new HallDay(hall, number);
            fit = day.Tickets.OrderBy(t => t.EndedAt).Aggregate(fit, (f, ticket) => f.Observe(ticket));
            fit = day.Lateness.Aggregate(fit, (f, late) => f.ObserveLateness(late));
            fit = day.Changeovers.Aggregate(fit, (f, gap) => f.ObserveChangeover(gap));
        }

        return fit;
    }
}
