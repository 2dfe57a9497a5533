using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Appointments;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Records;
using OneStop.Grains.Supervision;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Halls;

/// <summary>One appointment for its holder. It keeps nothing: the row says in which book it stands.</summary>
public sealed class AppointmentGrain(IJournal journal, Definitions definitions) : Grain, IAppointmentGrain
{
    /// <inheritdoc/>
    public async Task<AppointmentView> View() => (await ReadAsync()).View;

    /// <inheritdoc/>
    public async Task<AppointmentView> Cancel(CommandInfo info)
    {
        var (view, book) = await ReadAsync();
        return await book.Cancel(info, view.Id);
    }

    /// <inheritdoc/>
    public async Task<TicketView> CheckIn(CommandInfo info, string hall, TakeTicket command)
    {
        var (view, book) = await ReadAsync();
        if (view.Hall != hall || view.Service != command.Service)
            throw Refusals.Validation("/appointment", "other-service", "This appointment is for another service or hall.");
        var staffing = await GrainFactory.GetGrain<IHallGrain>(hall).StaffingOf(view.Service);
        return await book.CheckIn(info, command with { Appointment = view.Id }, staffing);
    }

    private async ValueTask<(AppointmentView View, IAppointmentBookGrain Book)> ReadAsync()
    {
        var id = this.GetPrimaryKeyString();
        var rows = await journal.QueryAsync(new RowQuery(Tables.Appointments) { Where = [new("id", RowOperator.Equal, id)], Limit = 1 });
        if (rows.IsEmpty) throw Refusals.Unknown("appointment", id);
        var row = rows[0];
        var view = new AppointmentView(
            row.Text("id"),
            row.Text("hall"),
            row.Text("service"),
            row.Integer("slot").Instant(),
            RecordRows.Word<AppointmentState>(row.Text("state")),
            row.TextOrNull("ticket"));
        var day = definitions.Hall(view.Hall).DayAt(view.Slot);
        return (view, GrainFactory.GetGrain<IAppointmentBookGrain>(HallKeys.BookKey(view.Hall, view.Service, day)));
    }
}
