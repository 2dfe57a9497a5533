import { computed, shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import { command, desk as loadDesk, type Called, type CounterCommand, type CounterCommands } from '@/api/counters'
import { Problem } from '@/api/problem'
import type { CounterDesk, HallBoard } from '@/api/types'

/** A clerk's counter: its state, the commands to it and what came of the last one. */
export function useDesk(
  hall: MaybeRefOrGetter<string>,
  counter: MaybeRefOrGetter<string>,
  board: Readonly<ShallowRef<HallBoard | undefined>>,
) {
  const desk = shallowRef<CounterDesk>()
  const problem = shallowRef<Problem | null>(null)
  const running = shallowRef<CounterCommand | null>(null)
  const nobodyWaits = shallowRef(false)
  let turn = 0

  /** Two answers may overtake each other: only the one asked for last counts. */
  async function refresh(): Promise<void> {
    const mine = ++turn
    try {
      const found = await loadDesk(toValue(hall), toValue(counter))
      if (mine === turn) desk.value = found
      if (problem.value?.passing) problem.value = null
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (mine === turn) problem.value = error
    }
  }

  async function run<C extends CounterCommand>(name: C, body: CounterCommands[C]): Promise<void> {
    if (running.value !== null) return
    running.value = name
    problem.value = null
    nobodyWaits.value = false
    let refused: Problem | null = null
    try {
      const answer: Called = await command(toValue(hall), toValue(counter), name, body)
      nobodyWaits.value = name === 'call-next' && answer === undefined
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refused = error
    } finally {
      await refresh()
      if (refused !== null) problem.value = refused
      running.value = null
    }
  }

  /** What the hall shows of this counter; when it changes, whoever changed it, the desk is read again. */
  const shown = computed(() => JSON.stringify(board.value?.counters.find((one) => one.id === toValue(counter))))
  watch([shown, () => toValue(hall), () => toValue(counter)], () => void refresh(), { immediate: true })

  // Somebody has come since.
  watch(
    () => board.value?.waiting,
    () => (nobodyWaits.value = false),
  )

  return { desk, problem, running, nobodyWaits, refresh, run }
}
