/**
 * Waiting times tick from instants given by the server, and a display's own clock may be wrong by minutes. The Date header
 * of the answers (whole seconds) is good enough to correct it; differences within its resolution are left alone.
 */
const toleranceMs = 2000
let offsetMs = 0

export function heardServerDate(header: string | null): void {
  const heard = header === null ? Number.NaN : Date.parse(header)
  if (Number.isNaN(heard)) return
  const difference = heard + 500 - Date.now()
  offsetMs = Math.abs(difference) <= toleranceMs ? 0 : difference
}

/** Now, by the server's clock, in milliseconds since 1970. */
export function serverNow(): number {
  return Date.now() + offsetMs
}

/** An instant read from this machine's clock, in the server's time. */
export function toServerTime(localMs: number): number {
  return localMs + offsetMs
}
