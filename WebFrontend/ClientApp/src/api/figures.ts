import { get, post } from './http'
import type { Calibration, Page, Rating } from './types'

export function calibration(hall: string): Promise<Calibration> {
  return get(`/halls/${encodeURIComponent(hall)}/calibration`)
}

export function openRatings(hall: string): Promise<Page<Rating>> {
  return get(`/supervision/ratings?hall=${encodeURIComponent(hall)}&limit=500`)
}

export function rectify(ticket: string, answer: string): Promise<unknown> {
  return post(`/supervision/ratings/${encodeURIComponent(ticket)}/rectify`, { answer })
}
