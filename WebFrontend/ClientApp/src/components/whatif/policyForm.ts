import type { CallPolicy, Segment } from '@/api/types'

export const segments: readonly Segment[] = ['ordinary', 'appointment', 'green']

/** A policy as it is filled in: times in minutes, '' for an empty field. */
export interface PolicyForm {
  appointment: number | ''
  green: number | ''
  firstAfter: number | ''
  ratios: { of: Segment; calls: number | ''; then: Segment }[]
}

/** The text of the field that a pointer of the server leads to, with the place of a ratio among the ratios; undefined for none of the page. */
export function fieldOf(pointer: string): { key: string; ratio?: number } | undefined {
  const known: Record<string, string> = {
    '/day': 'day',
    '/counters': 'counters',
    '/policy/appointmentHeadStart': 'appointmentHeadStart',
    '/policy/greenHeadStart': 'greenHeadStart',
    '/policy/firstAfter': 'firstAfter',
    '/policy/ratios': 'ratios',
  }
  const ofRatio: Record<string, string> = { of: 'ratioOf', calls: 'ratioCalls', then: 'ratioThen' }
  const [, ratio, member] = /^\/policy\/ratios\/(\d+)\/(\w+)$/.exec(pointer) ?? []
  const key = member === undefined ? known[pointer] : ofRatio[member]
  if (key === undefined) return undefined
  return ratio === undefined ? { key: `whatIf.${key}` } : { key: `whatIf.${key}`, ratio: Number(ratio) + 1 }
}

const minutesADay = 24 * 60

/** Minutes of a time span as the server writes it: `1.02:03:04.5`. */
export function minutesOf(span: string): number {
  const parts = /^(-?)(?:(\d+)\.)?(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(span)
  if (parts === null) throw new Error(`Not a time span: ${span}`)
  const [, sign, days, hours, minutes, seconds] = parts
  const all = Number(days ?? 0) * minutesADay + Number(hours) * 60 + Number(minutes) + Number(seconds) / 60
  return sign === '-' ? -all : all
}

/** A time span of so many minutes, to the second. */
export function spanOf(minutes: number): string {
  const seconds = Math.round(Math.abs(minutes) * 60)
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  const days = Math.floor(seconds / 86400)
  const clock = `${two((seconds % 86400) / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`
  return `${minutes < 0 ? '-' : ''}${days > 0 ? `${days}.` : ''}${clock}`
}

export function formOf(policy: CallPolicy): PolicyForm {
  return {
    appointment: minutesOf(policy.appointmentHeadStart),
    green: minutesOf(policy.greenHeadStart),
    firstAfter: policy.firstAfter == null ? '' : minutesOf(policy.firstAfter),
    ratios: (policy.ratios ?? []).map(({ of, calls, then }) => ({ of, calls, then })),
  }
}

/** The server says what is wrong with it; an empty head start is none. */
export function policyOf(form: PolicyForm): CallPolicy {
  const policy: CallPolicy = {
    appointmentHeadStart: spanOf(Number(form.appointment)),
    greenHeadStart: spanOf(Number(form.green)),
    ratios: form.ratios.map(({ of, calls, then }) => ({ of, calls: Number(calls), then })),
  }
  return form.firstAfter === '' ? policy : { ...policy, firstAfter: spanOf(form.firstAfter) }
}
