import { heardServerDate } from '@/time/serverClock'
import { Problem } from './problem'
import type { ProblemBody } from './types'

let antiforgery: string | undefined

/** The token that proves a change was asked for by our own page. */
export function useAntiforgery(token: string | undefined): void {
  antiforgery = token
}

export function get<T>(path: string, headers?: Record<string, string>): Promise<T> {
  return once<T>('GET', path, undefined, undefined, headers)
}

/** A file, such as a receipt to print. */
export function file(path: string, headers?: Record<string, string>): Promise<Blob> {
  return answered('GET', path, headers ?? {}, null, (response) => response.blob())
}

export function remove(path: string): Promise<void> {
  return once<void>('DELETE', path)
}

/** Pauses in milliseconds before the same command is sent again. */
const retries = [300, 1000]

/**
 * Sends a command. When no answer comes back it is sent again under the same idempotency key, so that it happens once,
 * whether the request or the answer was lost.
 */
export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  const key = newKey()
  for (const pause of retries) {
    try {
      return await once<T>('POST', path, body, key)
    } catch (error) {
      const unanswered = error instanceof Problem && (error.status === 0 || error.status === 503)
      if (!unanswered) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return once<T>('POST', path, body, key)
}

async function once<T>(method: string, path: string, body?: unknown, key?: string, more?: Record<string, string>): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', ...more }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (key !== undefined) headers['Idempotency-Key'] = key
  if (method !== 'GET' && antiforgery !== undefined) headers['X-CSRF'] = antiforgery
  const sent = body === undefined ? null : JSON.stringify(body)
  return parse<T>(await answered(method, path, headers, sent, (response) => response.text())) as T
}

/** What the server answered; a refusal is thrown. */
async function answered<T>(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | null,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  let response: Response
  let content: T | undefined
  let refusal = ''
  try {
    response = await fetch(`/api${path}`, { method, headers, credentials: 'same-origin', cache: 'no-store', body })
    if (response.ok) content = await read(response)
    else refusal = await response.text()
  } catch {
    throw Problem.offline()
  }

  heardServerDate(response.headers.get('Date'))
  if (!response.ok) throw Problem.refused(response.status, parse<ProblemBody>(refusal) ?? {})
  return content as T
}

function parse<T>(text: string): T | undefined {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}

/** `crypto.randomUUID` is missing on pages served by plain HTTP from another machine, as many displays are. */
function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
