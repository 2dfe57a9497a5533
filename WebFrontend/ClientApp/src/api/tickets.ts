import { get, post } from './http'
import type { Grade, NewTicket, Ticket } from './types'

export function takeTicket(hall: string, wish: NewTicket): Promise<Ticket> {
  return post(`/halls/${encodeURIComponent(hall)}/tickets`, wish)
}

export function ticket(id: string): Promise<Ticket> {
  return get(`/tickets/${encodeURIComponent(id)}`)
}

export function rate(id: string, grade: Grade, remark?: string): Promise<unknown> {
  return post(`/tickets/${encodeURIComponent(id)}/rate`, remark === undefined ? { grade } : { grade, remark })
}
