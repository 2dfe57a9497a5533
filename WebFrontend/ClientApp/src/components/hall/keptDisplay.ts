import type { Instant } from '@/api/types'

/**
 * What this browser keeps of itself as a display of a hall. In localStorage and not in a cookie: browsers drop a cookie after
 * 400 days, and the hub's open connection would not learn of a new one.
 */
export interface KeptDisplay {
  display: string
  secret: string
  /** The zone it asked to be paired for; null for none in particular. */
  zone: string | null
  /** The code that waits to be confirmed. */
  code: string
  /** Until when the code can be confirmed. */
  expiresAt: Instant
}

const placeOf = (hall: string) => `onestop.display.${hall}`

export function keptDisplay(hall: string): KeptDisplay | null {
  try {
    return JSON.parse(localStorage.getItem(placeOf(hall)) ?? 'null') as KeptDisplay | null
  } catch {
    return null
  }
}

export function keepDisplay(hall: string, kept: KeptDisplay | null): void {
  if (kept === null) localStorage.removeItem(placeOf(hall))
  else localStorage.setItem(placeOf(hall), JSON.stringify(kept))
}

/** 256 random bits. `crypto.getRandomValues` is there on pages served by plain HTTP, too. */
export function newSecret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
