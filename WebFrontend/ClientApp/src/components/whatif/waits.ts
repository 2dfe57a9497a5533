import type { Segment, WaitFigures, WhatIfAnswer } from '@/api/types'
import { segments } from './policyForm'

export const measures = ['p50', 'p90', 'longest', 'mean'] as const
export type Measure = (typeof measures)[number]

/** The visitors of one service or segment, or all of them, in the three days. */
export interface Group {
  key: string
  name: string
  recorded: WaitFigures | undefined
  replayed: WaitFigures | undefined
  changed: WaitFigures | undefined
}

/** All visitors, then each service in the order of the hall, then each segment; only those that somebody came for. */
export function groupsOf(
  answer: WhatIfAnswer,
  services: readonly string[],
  names: { all: string; service: (id: string) => string; segment: (id: Segment) => string },
): Group[] {
  const { recorded, replayed, changed } = answer
  const came = (kind: 'byService' | 'bySegment', key: string): Omit<Group, 'key' | 'name'> => ({
    recorded: recorded[kind]?.[key],
    replayed: replayed[kind]?.[key],
    changed: changed[kind]?.[key],
  })
  // A service that was taken out of the hall since is still in its days.
  const gone = Object.keys(recorded.byService ?? {}).filter((id) => !services.includes(id))
  return [
    { key: 'all', name: names.all, recorded, replayed, changed },
    ...[...services, ...gone].map((id) => ({ key: `service-${id}`, name: names.service(id), ...came('byService', id) })),
    ...segments.map((id) => ({ key: `segment-${id}`, name: names.segment(id), ...came('bySegment', id) })),
  ].filter((group) => group.recorded !== undefined)
}

/** Seconds; null when nobody was called, so that a wait that never ended is not shown as none. */
export function secondsOf(figures: WaitFigures | undefined, measure: Measure): number | null {
  return figures === undefined || figures.called === 0 ? null : figures[measure]
}

export type Trend = 'better' | 'worse' | 'same'

/** Whether waits get shorter; less than a second is no difference. */
export function trendOf(before: number | null, after: number | null): Trend {
  if (before === null || after === null || Math.abs(after - before) < 1) return 'same'
  return after < before ? 'better' : 'worse'
}
