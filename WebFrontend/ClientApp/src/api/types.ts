/**
 * What the server says, by the names the pages use. `generated/schema.d.ts` is made from the server's OpenAPI document
 * (`npm run types`); a test of the server holds the kept document against the one it serves. Instants are ISO 8601 with
 * offset, durations are seconds.
 */
import type { components } from '../../generated/schema'

type Schemas = components['schemas']

/** As a feed tells it: a merge patch that sets null takes the member away. */
type Told<T> = T extends readonly (infer Item)[]
  ? Told<Item>[]
  : T extends object
    ? { [K in keyof T as null extends T[K] ? never : K]: Told<T[K]> } & { [K in keyof T as null extends T[K] ? K : never]?: Told<T[K]> }
    : T

/** Without where the feed stands, which the feed's own messages say. */
type Feed<T> = Told<Omit<T, 'epoch' | 'version'>>

export type Instant = string
export type LocalName = Schemas['LocalizedText']
export interface Page<T> {
  items: T[]
  next: string | null
}

export type Fault = Schemas['Fault']

/** `application/problem+json`; of a proxy in between it may be anything. */
export type ProblemBody = Partial<Schemas['Problem']>

export type Role = 'clerk' | 'handler' | 'head' | 'officer' | 'mayor' | 'admin'
export type Session = Omit<Schemas['SessionResponse'], 'roles'> & { roles: Role[] }

export type NamedService = Schemas['Named']
export type NamedCounter = Schemas['CounterSummary']
export type Hall = Schemas['HallSummary']
export type NamedDepartment = Schemas['DepartmentSummary']
export type Region = Schemas['RegionResponse']

export type Segment = Schemas['Segment']
export type TicketState = Schemas['TicketState']
export type WaitRange = Schemas['WaitEstimate']
export type Ticket = Told<Omit<Schemas['TicketView'], 'ahead'> & { ahead: number | null }>
export type NewTicket = Pick<Told<Schemas['TakeTicketRequest']>, 'service' | 'appointment' | 'language'> & { segment: Segment }

/** `busy`: open, with a ticket. */
export type CounterState = Schemas['CounterStatus'] | 'busy'
export type CalledTicket = Schemas['CalledTicket']
export type WaitingLine = Schemas['List']
export type BoardCounter = Told<Omit<Schemas['CounterOnBoard'], 'state'> & { state: CounterState }>
export type HallBoard = Omit<Feed<Schemas['BoardResponse']>, 'counters' | 'waiting'> & {
  waiting: WaitingLine[]
  counters: BoardCounter[]
  announcing: ZoneCall[]
  /** Another number whenever a display was paired or unpaired; only the feed tells it. */
  displays: number
}

/** The call whose turn it is to be said in a zone; only the feed tells it. */
export interface ZoneCall {
  zone: string
  key: string
  said: number
  taken: boolean
}

/** A paired display, for administrators. */
export type Display = Schemas['DisplayView']
export type DisplayPairing = Schemas['PairingView']

/** How this display stands; the hub tells it. */
export interface DisplayStanding {
  isPaired: boolean
  name: string | null
  /** The only zone it may speak in; null when it may speak in any. */
  zone: string | null
}

export type FreeSlot = Schemas['FreeSlot']

/** Who comes to an appointment. */
export type Visitor = Told<Schemas['VisitorRequest']>
export type Appointment = Schemas['AppointmentView']

/** Why this ticket was called and no other. */
export type Why = Schemas['WhyResponse']
export type CounterDesk = Omit<Schemas['CounterResponse'], 'state' | 'active' | 'held'> & {
  state: CounterState
  active: Ticket | null
  held: Ticket[]
}

export type Light = Schemas['Light']
export type Lights = Schemas['Lights']
export type DepartmentLoad = Schemas['BoardDepartment']
export type HallLoad = Schemas['HallContribution']
export type OldestCase = Schemas['BoardCase']
export type Card = Schemas['BoardCard']
export type SupervisionBoard = Omit<Schemas['SupervisionBoardResponse'], 'epoch' | 'version'>

export const grades = ['verySatisfied', 'satisfied', 'basicallySatisfied', 'dissatisfied', 'veryDissatisfied'] as const satisfies readonly Schemas['Grade'][]
export type Grade = Schemas['Grade']
export type Rating = Schemas['RatingRecord']

/** Shares of waits under their estimates; null before there is one. */
export type EstimateShares = Schemas['Shares']
export type Calibration = Schemas['CalibrationResponse']

export type CallPolicy = Schemas['CallPolicy']
export type WaitFigures = Schemas['WaitFigures']
export type WhatIfAnswer = Schemas['WhatIfAnswer']

export type Application = Schemas['ApplicationView']
export type CaseReceipt = Schemas['ReceiptSummary']
