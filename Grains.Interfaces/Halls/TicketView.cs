using System.Text.Json.Serialization;
using OneStop.Domain.Halls;
using Orleans;

namespace OneStop.Grains.Interfaces.Halls;

/// <summary>A ticket as its holder sees it.</summary>
/// <param name="Id">Its unguessable id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Hall">The hall.</param>
/// <param name="Service">The service.</param>
/// <param name="Segment">The kind of visitor.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Ahead">Tickets called before it, while it waits.</param>
/// <param name="Wait">Estimated seconds still to wait, while it waits.</param>
/// <param name="Counter">The counter that has called it.</param>
/// <param name="CalledAt">When it was last called.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Url">Its page.</param>
[GenerateSerializer, Immutable]
public sealed record TicketView(
    string Id,
    string Number,
    string Hall,
    string Service,
    Segment Segment,
    TicketState State,
    int Ahead,
    WaitEstimate? Wait,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Counter,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? CalledAt,
    DateTimeOffset TakenAt,
    string Url)
{
    /// <summary>The view of a ticket.</summary>
    public static TicketView Of(Ticket ticket, int ahead = 0, WaitEstimate? wait = null) => new(
        ticket.Id, ticket.Number, ticket.Hall, ticket.Service, ticket.Segment, ticket.State, ahead, wait, ticket.Counter,
        ticket.CalledAt, ticket.TakenAt, "/t/" + ticket.Id);
}
