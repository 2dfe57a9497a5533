import { post } from './http'
import type { CallPolicy, WhatIfAnswer } from './types'

/** Replays a day of a hall as it was set up and with changes; without any, only as it was set up. */
export function whatIf(hall: string, day: string, change: { counters?: number; policy?: CallPolicy } = {}): Promise<WhatIfAnswer> {
  return post(`/halls/${encodeURIComponent(hall)}/what-if`, { day, ...change })
}
