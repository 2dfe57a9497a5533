import type { Fault } from '@/api/types'
import { minutesOf } from '@/components/whatif/policyForm'

/** What the language files call a fault, and what fills the blanks. */
export interface FaultText {
  key: string
  blanks: Record<string, number>
}

/** A bound as the pages count: spans of time in minutes. */
const counted = (bound: string): number => (bound.includes(':') ? minutesOf(bound) : Number(bound))

/** The text of a fault by its code and bounds; the server's own sentence is for other programs. */
export function faultText({ code, bounds }: Fault): FaultText {
  if (bounds == null) return { key: `fault.${code}`, blanks: {} }
  const blanks = { least: counted(bounds.least), most: counted(bounds.most) }
  return { key: bounds.aboveLeast ? 'fault.above' : 'fault.between', blanks }
}
