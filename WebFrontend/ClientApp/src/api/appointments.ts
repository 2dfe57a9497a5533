import { get, post, remove } from './http'
import type { Appointment, FreeSlot, Page, Visitor } from './types'

export function slots(hall: string, service: string, day: string): Promise<Page<FreeSlot>> {
  return get(`/halls/${encodeURIComponent(hall)}/slots?service=${encodeURIComponent(service)}&day=${encodeURIComponent(day)}`)
}

export function book(hall: string, service: string, slot: string, applicant: Visitor): Promise<Appointment> {
  return post(`/halls/${encodeURIComponent(hall)}/appointments`, { service, slot, applicant })
}

export function appointment(id: string): Promise<Appointment> {
  return get(`/appointments/${encodeURIComponent(id)}`)
}

export function giveUp(id: string): Promise<void> {
  return remove(`/appointments/${encodeURIComponent(id)}`)
}
