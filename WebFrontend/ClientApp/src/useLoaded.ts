import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import { Problem } from '@/api/problem'

export interface Loaded<T> {
  value: Readonly<ShallowRef<T | undefined>>
  /** A refusal that no waiting will change. */
  problem: Readonly<ShallowRef<Problem | null>>
}

const retryMs = 2000

/**
 * Loads once per key. A display starts before its server and outlives its restarts, so a failure that may pass is tried
 * again until it does.
 */
export function useLoaded<K, T>(key: MaybeRefOrGetter<K>, load: (key: K) => Promise<T>): Loaded<T> {
  const value = shallowRef<T>()
  const problem = shallowRef<Problem | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function attempt(wanted: K, mine: number): Promise<void> {
    try {
      const found = await load(wanted)
      if (mine === turn) value.value = found
    } catch (error) {
      if (mine !== turn) return
      if (!(error instanceof Problem)) throw error
      if (error.passing) timer = setTimeout(() => void attempt(wanted, mine), retryMs)
      else problem.value = error
    }
  }

  watch(
    () => toValue(key),
    (wanted) => {
      clearTimeout(timer)
      value.value = undefined
      problem.value = null
      void attempt(wanted, ++turn)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    turn++
    clearTimeout(timer)
  })
  return { value, problem }
}
