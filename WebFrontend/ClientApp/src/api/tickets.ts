import { get, post } from './http'
import type { NewTicket, Ticket } from './types'

export function takeTicket(hall: string, wish: NewTicket): Promise<Ticket> {
  return post(`/halls/${encodeURIComponent(hall)}/tickets`, wish)
}

export function ticket(id: string): Promise<Ticket> {
  return get(`/tickets/${encodeURIComponent(id)}`)
}
