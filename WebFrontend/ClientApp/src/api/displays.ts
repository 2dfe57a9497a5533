import { get, post } from './http'
import type { Display, DisplayPairing, Page } from './types'

const path = (hall: string) => `/halls/${encodeURIComponent(hall)}/displays`

/** A display asks to be paired; with the same secret it gets the same code again while that is valid. */
export function askPairing(hall: string, secret: string, zone: string | null): Promise<DisplayPairing> {
  return post(`${path(hall)}/pairings`, { secret, zone })
}

export function displays(hall: string): Promise<Page<Display>> {
  return get(path(hall))
}

export function confirmPairing(hall: string, code: string, name: string): Promise<Display> {
  return post(`${path(hall)}/confirm`, { code, name })
}

export function unpair(hall: string, display: string): Promise<void> {
  return post(`${path(hall)}/${encodeURIComponent(display)}/unpair`)
}
