import { onScopeDispose, readonly, shallowRef, type ShallowRef } from 'vue'
import { serverNow } from './serverClock'

const now = shallowRef(serverNow())
let users = 0
let timer: ReturnType<typeof setTimeout> | undefined

function tick(): void {
  now.value = serverNow()
  // Aimed at the next full second, so that every figure on a board changes together with its clock.
  timer = setTimeout(tick, 1000 - (now.value % 1000) + 5)
}

/** The server's time, refreshed each second while something on the page uses it. */
export function useNow(): Readonly<ShallowRef<number>> {
  if (users++ === 0) tick()
  onScopeDispose(() => {
    if (--users === 0) clearTimeout(timer)
  })
  return readonly(now)
}
