import type { CalledTicket } from '@/api/types'

export function latestFirst(called: readonly CalledTicket[]): CalledTicket[] {
  return [...called].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}

/** A recall of the same ticket is a call of its own. */
export const callKey = (call: CalledTicket) => `${call.number} ${call.counter} ${call.at}`

/** The calls on the board now that were not on it before, in the order they were made. */
export function newCalls(before: readonly CalledTicket[], now: readonly CalledTicket[]): CalledTicket[] {
  const known = new Set(before.map(callKey))
  return latestFirst(now.filter((call) => !known.has(callKey(call)))).reverse()
}
