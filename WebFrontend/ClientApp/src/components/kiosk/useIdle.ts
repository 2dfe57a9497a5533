import { onScopeDispose, readonly, ref, type Ref } from 'vue'

export interface Idle {
  /** Seconds left until `done` is called, unless somebody touches the screen. */
  left: Readonly<Ref<number>>
  start(): void
  stop(): void
}

/** Counts down while nobody touches the page, and begins anew whenever somebody does. */
export function useIdle(seconds: number, done: () => void): Idle {
  const left = ref(seconds)
  let timer: ReturnType<typeof setInterval> | undefined
  const touches = ['pointerdown', 'keydown'] as const
  const touched = () => (left.value = seconds)

  function stop(): void {
    clearInterval(timer)
    timer = undefined
  }

  function start(): void {
    touched()
    timer ??= setInterval(() => {
      left.value--
      if (left.value > 0) return
      stop()
      done()
    }, 1000)
  }

  for (const touch of touches) window.addEventListener(touch, touched)
  onScopeDispose(() => {
    stop()
    for (const touch of touches) window.removeEventListener(touch, touched)
  })
  return { left: readonly(left), start, stop }
}
