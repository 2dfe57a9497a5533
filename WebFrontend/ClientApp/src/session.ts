import { readonly, shallowRef } from 'vue'
import { get, post, remove, useAntiforgery } from '@/api/http'
import { Problem } from '@/api/problem'
import type { Session } from '@/api/types'

/** Who is signed in: undefined until asked, null when nobody is. */
const session = shallowRef<Session | null>()

function keep(found: Session | null): Session | null {
  session.value = found
  useAntiforgery(found?.antiforgery)
  return found
}

export const currentSession = readonly(session)

export async function loadSession(): Promise<Session | null> {
  try {
    return keep(await get<Session>('/session'))
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return keep(null)
    throw error
  }
}

export async function signIn(user: string, password: string): Promise<Session | null> {
  await post<void>('/session', { user, password })
  return loadSession()
}

export async function signOut(): Promise<void> {
  await remove('/session')
  keep(null)
}

/** The server no longer knows us. */
export function forgetSession(): void {
  keep(null)
}
