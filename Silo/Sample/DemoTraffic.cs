using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Supervision;
using Orleans;

namespace OneStop.Silo.Sample;

/// <summary>Visitors, clerks and handlers who keep a sample town busy, so that every page has something to show.</summary>
internal sealed partial class DemoTraffic(IGrainFactory grains, Definitions definitions, TimeProvider time, ILogger<DemoTraffic> logger) : BackgroundService
{
    private const int MaxWaiting = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    private readonly Random random = new(441900102);
    private long sequence;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (definitions.Town is not { Halls.IsEmpty: false } town) return;
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StepAsync(town);
            }
            catch (OneStopException refusal)
            {
                // A person at the same counter is in the way; the traffic goes on elsewhere.
                LogRefused(logger, refusal.Code, refusal.Message);
            }
        }
    }

    private async Task StepAsync(TownDefinition town)
    {
        var hall = town.Halls[0];
        switch (random.Next(10))
        {
            case < 3:
                await TakeTicketAsync(hall);
                break;
            case < 8:
                await ServeAsync(hall, hall.Counters[random.Next(hall.Counters.Length)]);
                break;
            case 8:
                await ApplyAsync(town.Items[random.Next(town.Items.Length)]);
                break;
            default:
                await HandleAsync(town.Departments[random.Next(town.Departments.Length)].Code);
                break;
        }
    }

    private async Task TakeTicketAsync(HallDefinition hall)
    {
        var board = await grains.GetGrain<IHallGrain>(hall.Id).Contribution();
        if (board.Waiting >= MaxWaiting) return;
        var service = hall.Services[random.Next(hall.Services.Length)];
        var segment = random.Next(10) == 0 ? Segment.Green : Segment.Ordinary;
        var staffing = await grains.GetGrain<IHallGrain>(hall.Id).StaffingOf(service.Id);
        await grains.GetGrain<IQueueGrain>($"{hall.Id}/{service.Id}").Take(
            Info("public"), new TakeTicket(Guid.NewGuid().ToString("N")[..22], service.Id, segment, "zh"), staffing, null);
    }

    private async Task ServeAsync(HallDefinition hall, CounterDefinition counter)
    {
        var clerk = "clerk" + counter.Id[1..];
        var grain = grains.GetGrain<ICounterGrain>($"{hall.Id}/{counter.Id}");
        var view = await grain.View();
        if (view.Clerk is not null && view.Clerk != clerk) return;
        switch (view)
        {
            case { State: CounterStatus.Closed }:
                await grain.Open(Info(clerk), []);
                break;
            case { Active: null, State: CounterStatus.Open }:
                await grain.CallNext(Info(clerk));
                break;
            case { Active.State: TicketState.Called }:
                if (random.Next(8) == 0) await grain.NoShow(Info(clerk));
                else await grain.Start(Info(clerk));
                break;
            case { Active.State: TicketState.Serving }:
                await grain.Finish(Info(clerk), "done");
                break;
        }
    }

    private async Task ApplyAsync(ItemDefinition item)
    {
        var number = "A" + Guid.NewGuid().ToString("N")[..12].ToUpperInvariant();
        var person = random.Next(1_000).ToString("D4", CultureInfo.InvariantCulture);
        var application = grains.GetGrain<IApplicationGrain>(number);
        await application.Receive(Info("public"), Actor.Public, new Intake(
            item.Code, "Visitor " + person, "DEMO-" + person, null, FormOf(item), [], Channel.Desk, "00000000"));
        var head = HeadOf(item.Department);
        await application.Execute(Info(head.User), head, new AcceptApplication(), []);
        if (item.Steps.IsEmpty) await application.Execute(Info(head.User), head, new DecideApplication(ApplicationOutcome.Granted, null), []);
    }

    private async Task HandleAsync(string department)
    {
        var tasks = await grains.GetGrain<IRecordsGrain>(IRecordsGrain.Key).Tasks(new TaskQuestion(department, null, StepStatus.Open, null, 1));
        if (tasks.IsEmpty) return;
        var application = grains.GetGrain<IApplicationGrain>(tasks[0].Application);
        var (_, step) = TaskId.Parse(tasks[0].Id);
        var head = HeadOf(department);
        var view = await application.Execute(
            Info(head.User), head with { Roles = [Role.Head, Role.Handler] }, new CompleteStep(step, StepOutcome.Approved, null), []);
        // Steps on a way that was not taken wait for ever; what runs has to be done.
        if (view.Steps.Any(s => s.State is StepStatus.Open or StepStatus.Claimed)) return;
        var decider = HeadOf(definitions.Item(view.Item).Department);
        await application.Execute(Info(decider.User), decider, new DecideApplication(ApplicationOutcome.Granted, null), []);
    }

    // What the sample town's forms ask for; those of another town may refuse it, as they would a person.
    private string FormOf(ItemDefinition item) => item.Form switch
    {
        "temporary-relief" => $$"""{"reason":"illness","amount":{{1000 * (1 + random.Next(10))}},"household":[{"name":"Visitor","relation":"self"}]}""",
        "street-event" => """{"place":"石龙路 18 号","category":"litter"}""",
        _ => "{}",
    };

    private static Actor HeadOf(string department) => new("head." + department, department, [Role.Head]);

    private CommandInfo Info(string actor) => new(actor, "demo-" + ++sequence, "", MayRepeat: false, actor);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sample traffic was refused: {Code}, {Text}")]
    private static partial void LogRefused(ILogger logger, string code, string text);
}
