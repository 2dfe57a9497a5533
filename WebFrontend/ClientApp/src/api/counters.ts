import { get, post } from './http'
import type { CounterDesk, Ticket, Why } from './types'

/** What a clerk can tell a counter to do, with the body each takes. */
export interface CounterCommands {
  open: { services?: string[] }
  pause: { reason: string }
  close: object
  'call-next': object
  call: { ticket: string }
  recall: object
  start: object
  finish: { outcome: string }
  'no-show': object
  hold: object
  resume: { ticket: string }
  transfer: { service?: string; counter?: string; pool?: string }
  redirect: { service: string }
}

export type CounterCommand = keyof CounterCommands

/** The answer to `call-next`; undefined when nobody waits. */
export type Called = { ticket: Ticket; why: Why } | undefined

const path = (hall: string, counter: string) =>
  `/halls/${encodeURIComponent(hall)}/counters/${encodeURIComponent(counter)}`

export function desk(hall: string, counter: string): Promise<CounterDesk> {
  return get(path(hall, counter))
}

export function command<C extends CounterCommand>(
  hall: string,
  counter: string,
  name: C,
  body: CounterCommands[C],
): Promise<Called> {
  return post(`${path(hall, counter)}/${name}`, body)
}
