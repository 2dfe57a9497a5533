using OneStop.Domain.Halls.Appointments;
using OneStop.Domain.Halls.Ratings;

namespace OneStop.Domain.Halls;

/// <summary>Which events belong to the story of a ticket (H12).</summary>
public static class TicketStory
{
    /// <summary>Whether an event of a hall is about this ticket or the appointment it was taken with.</summary>
    public static bool Mentions(IDomainEvent e, string ticket, string? appointment) => e switch
    {
        TicketIssued issued => issued.Ticket.Id == ticket,
        TicketCalled called => called.TicketId == ticket,
        TicketTransferredIn transferred => transferred.Ticket.Id == ticket,
        TicketCancelled cancelled => cancelled.TicketId == ticket,
        QueueClosed closed => closed.Lapsed.Contains(ticket),
        TicketAssigned assigned => assigned.Ticket.Id == ticket,
        TicketRecalled recalled => recalled.TicketId == ticket,
        ServiceStarted started => started.TicketId == ticket,
        ServiceFinished finished => finished.TicketId == ticket,
        VisitorDidNotCome missing => missing.TicketId == ticket,
        TicketPutAside aside => aside.TicketId == ticket,
        TicketTakenUp taken => taken.TicketId == ticket,
        TicketHandedOver over => over.TicketId == ticket || over.ContinuedBy == ticket,
        CounterDayEnded ended => ended.Left.Contains(ticket),
        AppointmentBooked booked => booked.Appointment.Id == appointment,
        AppointmentKept kept => kept.AppointmentId == appointment,
        RatingEvent => true,
        _ => false,
    };
}
