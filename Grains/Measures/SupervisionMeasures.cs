using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Supervision;

namespace OneStop.Grains.Measures;

/// <summary>Meter <c>OneStop.Supervision</c>. A department is told by the process where its grain lives.</summary>
internal sealed class SupervisionMeasures : IDisposable
{
    private readonly Meter meter = new("OneStop.Supervision");
    private readonly Held<DepartmentContribution> departments;
    private readonly Counter<long> cards;

    public SupervisionMeasures(TimeProvider time)
    {
        departments = new Held<DepartmentContribution>(time);
        meter.CreateObservableGauge("onestop.supervision.open_cases", () => Each(d => d.Open), "{case}", "Open cases of a department.");
        meter.CreateObservableGauge("onestop.supervision.lights", Lights, "{case}", "Open cases of a department by light.");
        meter.CreateObservableGauge("onestop.supervision.accepted_today", () => Each(d => d.AcceptedToday), "{case}", "Cases accepted today.");
        meter.CreateObservableGauge("onestop.supervision.completed_today", () => Each(d => d.CompletedToday), "{case}", "Cases completed today.");
        cards = meter.CreateCounter<long>("onestop.supervision.cards", "{card}", "Cards recorded, by level and department.");
    }

    public void Say(object activation, DepartmentContribution department) => departments.Say(department.Code, activation, department);

    public void Forget(object activation, string department) => departments.Forget(department, activation);

    public void Recorded(ImmutableArray<ApplicationEvent> events)
    {
        foreach (var e in events)
            if (e is CardIssued card)
                cards.Add(1, new("level", CamelCase.Of(card.Level)), new("department", card.Department));
    }

    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<int>> Each(Func<DepartmentContribution, int> figure) =>
        departments.Values.Select(held => new Measurement<int>(figure(held.Value), new KeyValuePair<string, object?>("department", held.Key)));

    private IEnumerable<Measurement<int>> Lights() => departments.Values.SelectMany(held => new[]
    {
        OfLight(held.Key, "green", held.Value.Lights.Green),
        OfLight(held.Key, "warning", held.Value.Lights.Warning),
        OfLight(held.Key, "yellow", held.Value.Lights.Yellow),
        OfLight(held.Key, "red", held.Value.Lights.Red),
    });

    private static Measurement<int> OfLight(string department, string light, int cases) =>
        new(cases, new("department", department), new KeyValuePair<string, object?>("light", light));
}
