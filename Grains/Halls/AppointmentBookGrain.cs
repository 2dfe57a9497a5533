using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Appointments;
using OneStop.Domain.Notices;
using OneStop.Grains.Applications;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Notices;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Halls;

/// <summary>The appointments of one service for one day; a unique index keeps a person from a second open one on another day.</summary>
public sealed class AppointmentBookGrain(IJournal journal, TimeProvider time, Definitions definitions, Pseudonyms pseudonyms, NoticeDesk notices)
    : EventSourcedGrain<AppointmentBook, AppointmentEvent>(journal, time), IAppointmentBookGrain
{
    private HallDefinition? hall;
    private ServiceDefinition? service;

    private HallDefinition Hall => hall ??= definitions.Hall(HallKeys.ParseBook(this.GetPrimaryKeyString()).Hall);

    private ServiceDefinition Service => service ??= Hall.Service(HallKeys.ParseBook(this.GetPrimaryKeyString()).Service);

    private DateOnly Day => HallKeys.ParseBook(this.GetPrimaryKeyString()).Day;

    /// <inheritdoc/>
    protected override string StreamName => HallKeys.BookStream(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    protected override AppointmentBook Empty => AppointmentBook.Empty;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A book of a service that nobody defined does not activate.
        _ = Service;
        return LoadAsync().AsTask();
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<FreeSlot>> Slots()
    {
        await LoadAsync();
        return AppointmentRules.Slots(State, Hall, Service.Id, Day, notices.ReachesPeople, Now);
    }

    /// <inheritdoc/>
    public Task<AppointmentView> Book(CommandInfo info, AppointmentRequest request)
    {
        var person = pseudonyms.RegistrationOf(request.IdNumber);
        var command = new BookAppointment(request.AppointmentId, Service.Id, request.Slot, person, request.Application, request.Phone is { } phone && Contact.IsPhone(phone));
        var visitor = JsonSerializer.SerializeToUtf8Bytes(new Visitor(request.Name, request.IdNumber, request.Phone), EventCodec.Json);
        return ExecuteAsync(
            info,
            // Another day's open appointment is found by the index, in the same transaction.
            (state, now) => AppointmentRules.Book(state, Hall, command, openElsewhere: null, info.Actor, now),
            after => ViewOf(after, request.AppointmentId),
            [new Document(person, AppointmentNotices.DocumentOf(request.AppointmentId), visitor)]);
    }

    /// <inheritdoc/>
    public Task<AppointmentView> Cancel(CommandInfo info, string appointmentId) => ExecuteAsync(
        info,
        (state, now) => AppointmentRules.Cancel(state, appointmentId, info.Actor, now),
        after => ViewOf(after, appointmentId));

    /// <inheritdoc/>
    public async Task<TicketView> CheckIn(CommandInfo info, TakeTicket command, Staffing staffing)
    {
        await LoadAsync();
        var id = command.Appointment!;
        var decision = AppointmentRules.CheckIn(State, Hall, id, command.TicketId, info.Actor, Now);
        if (decision.Refusal is not null && info.MayRepeat && await FirstAnswerAsync(info) is { } first) return Decode<TicketView>(first);
        var kept = (AppointmentKept)decision.OrThrow()[0];
        var estimate = await GrainFactory.GetGrain<IWaitGrain>(Hall.Id).OfNew(Service.Id, kept.Segment);
        try
        {
            var result = await GrainFactory.GetGrain<IQueueGrain>(HallKeys.Of(Hall.Id, Service.Id)).TakeBooked(new BookedRequest(
                info, StreamName, Head, kept, State.Evolve(kept).Appointments[id], command with { Segment = kept.Segment, Estimate = estimate }, staffing));
            if (result.Fresh) await AppliedElsewhereAsync(kept);
            return result.Answer;
        }
        catch (StaleCompanionException)
        {
            Forget();
            throw new OneStopException(RefusalKind.Unavailable, "store-unavailable", "This book is being used elsewhere too; try again.")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            };
        }
        catch (Exception e) when (e is not OneStopException { Kind: not RefusalKind.Unavailable })
        {
            // Whether the queue recorded it only the record can tell.
            Forget();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task WakeUp(DateTimeOffset due)
    {
        await LoadAsync();
        if ((Now > due ? Now : due) >= Hall.ClosingOf(Day))
        {
            await EndDayAsync(StreamName, Hall.ClosingOf(Day), (state, now) => AppointmentRules.EndDay(state, "system", now));
            return;
        }

        var head = Head;
        await ExecuteAsync(
            new CommandInfo("system", "", "", MayRepeat: false, "system"),
            (state, now) => ReminderRules.Remind(state, "system", now > due ? now : due),
            after => after.Appointments.Count);
        if (Head != head) return;
        await WriteWakeUpAsync();
        await DeadlineGrain.TellAsync(GrainFactory, StreamName, NextWakeUp(State), Head);
    }

    /// <inheritdoc/>
    protected override AppointmentBook Evolve(AppointmentBook state, AppointmentEvent e) => state.Evolve(e);

    /// <inheritdoc/>
    protected override IEnumerable<RowChange> Rows(
        AppointmentBook before, AppointmentBook after, ImmutableArray<AppointmentEvent> events, long head) => events
        .Select(e => e switch
        {
            AppointmentBooked booked => booked.Appointment.Id,
            AppointmentCancelled cancelled => cancelled.AppointmentId,
            AppointmentKept kept => kept.AppointmentId,
            AppointmentMissed missed => missed.AppointmentId,
            _ => null,
        })
        .OfType<string>().Distinct().Select(id => AppointmentRow.Put(Hall, after.Appointments[id]));

    /// <inheritdoc/>
    protected override Companion Besides(AppointmentBook after, ImmutableArray<AppointmentEvent> events) =>
        notices.Post(AppointmentNotices.Of(after, events, Hall));

    /// <inheritdoc/>
    protected override WakeUpChange WakeUpOf(AppointmentBook state) =>
        WakeUpChange.Set(DeadlineGrain.ShardOf(StreamName), NextWakeUp(state).Micros());

    /// <inheritdoc/>
    protected override async ValueTask CommittedAsync(AppointmentBook before, AppointmentBook after, ImmutableArray<AppointmentEvent> events)
    {
        await DeadlineGrain.TellAsync(GrainFactory, StreamName, NextWakeUp(after), Head);
        await notices.SendAsync(GrainFactory, AppointmentNotices.Of(after, events, Hall));
    }

    /// <inheritdoc/>
    protected override OneStopException NotUnique(string index) => index switch
    {
        Tables.OneOpenAppointment =>
            Refusals.Conflict("already-booked", "There is an open appointment for this service already: keep it or cancel it first."),
        _ => base.NotUnique(index),
    };

    private DateTimeOffset NextWakeUp(AppointmentBook state)
    {
        var closing = Hall.ClosingOf(Day);
        return ReminderRules.Next(state, Now) is { } reminder && reminder < closing ? reminder : closing;
    }

    private AppointmentView ViewOf(AppointmentBook state, string id)
    {
        var appointment = state.Appointments[id];
        return new AppointmentView(appointment.Id, Hall.Id, appointment.Service, appointment.Slot, appointment.State, appointment.TicketId);
    }

    /// <summary>Who comes, kept encrypted apart from the events.</summary>
    private sealed record Visitor(string Name, string IdNumber, string? Phone);
}
