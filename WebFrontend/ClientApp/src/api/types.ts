/**
 * What the server says, as written in its HTTP contract. To be replaced by `schema.d.ts`, which `npm run types` makes from
 * the server's OpenAPI document. Instants are ISO 8601 with offset, durations are seconds.
 */

export type Instant = string
export interface LocalName {
  zh: string
  en: string
}

export interface Page<T> {
  items: T[]
  next: string | null
}

export interface Fault {
  pointer: string
  code: string
  message: string
}

/** `application/problem+json`. */
export interface ProblemBody {
  title?: string
  status?: number
  code?: string
  detail?: string
  errors?: Fault[]
}

export type Role = 'clerk' | 'handler' | 'head' | 'officer' | 'admin'

export interface Session {
  user: string
  roles: Role[]
  department: string | null
  hall: string | null
  counter: string | null
  antiforgery: string
}

export interface NamedService {
  id: string
  name: LocalName
}

export interface NamedCounter {
  id: string
  name: LocalName
  services: string[]
}

export interface Hall {
  id: string
  name: LocalName
  services: NamedService[]
  counters: NamedCounter[]
  pools: NamedService[]
}

export interface NamedDepartment {
  code: string
  name: LocalName
}

export interface Region {
  code: string
  name: LocalName
  departments: NamedDepartment[]
  halls: string[]
}

export type Segment = 'ordinary' | 'appointment' | 'green'
export type TicketState =
  | 'waiting'
  | 'called'
  | 'serving'
  | 'held'
  | 'finished'
  | 'noShow'
  | 'cancelled'
  | 'redirected'

export interface WaitRange {
  p50: number
  p90: number
}

export interface Ticket {
  id: string
  hall: string
  number: string
  service: string
  segment: Segment
  state: TicketState
  /** None once called; a merge patch that sets null takes the member away. */
  ahead?: number | null
  wait?: WaitRange | null
  url: string
  counter?: string | null
  calledAt?: Instant | null
}

export interface NewTicket {
  service: string
  segment: Segment
  appointment?: string
  language?: string
}

export type CounterState = 'closed' | 'open' | 'paused' | 'busy'

export interface CalledTicket {
  number: string
  counter: string
  at: Instant
}

export interface WaitingLine {
  service: string
  count: number
  longestSeconds: number
  /** When the ticket that waits longest was taken; none when nobody waits. */
  since: Instant | null
}

export interface BoardCounter {
  id: string
  state: CounterState
  number?: string | null
  reason?: string | null
}

export interface HallBoard {
  hall: string
  called: CalledTicket[]
  waiting: WaitingLine[]
  counters: BoardCounter[]
}

/** Why this ticket was called and no other. */
export interface Why {
  rule: string
  waitedSeconds: number
  text: string
}

export interface CounterDesk {
  id: string
  state: CounterState
  clerk: string | null
  services: string[]
  active: Ticket | null
  held: Ticket[]
  why: Why | null
}

export type Light = 'green' | 'warning' | 'yellow' | 'red'
export type Lights = Record<Light, number>

export interface DepartmentLoad {
  code: string
  open: number
  lights: Lights
  acceptedToday: number
  completedToday: number
}

export interface HallLoad {
  hall: string
  waiting: number
  since: Instant | null
  serving: number
  openCounters: number
  /** Waiting longer is too long here. */
  limitSeconds?: number | null
}

export interface OldestCase {
  acceptanceNumber: string
  item: LocalName
  department: string
  light: Light
  dueAt: Instant
}

export interface Card {
  application: string
  level: Exclude<Light, 'green'>
  issuedAt: Instant
  department: string
}

export interface SupervisionBoard {
  region: string
  open: number
  lights: Lights
  acceptedToday: number
  completedToday: number
  departments: DepartmentLoad[]
  halls: HallLoad[]
  oldest: OldestCase[]
  cards: Card[]
}

export const grades = ['verySatisfied', 'satisfied', 'basicallySatisfied', 'dissatisfied', 'veryDissatisfied'] as const
export type Grade = (typeof grades)[number]

export interface Rating {
  ticket: string
  number: string
  hall: string
  service: string
  counter: string | null
  clerk: string | null
  grade: Grade
  state: 'rated' | 'rectifying' | 'overdue' | 'rectified'
  ratedAt: Instant
  dueAt: Instant | null
  rectifiedAt: Instant | null
}

/** Shares of waits under their estimates; null before there is one. */
export interface EstimateShares {
  tickets: number
  underP50: number | null
  underP90: number | null
  atOnce: number
  calledAtOnce: number | null
}

export interface Calibration {
  since: string
  overall: EstimateShares
  services: { service: string; estimates: EstimateShares; seen: number; meanSeconds: number; noShow: number }[]
}
