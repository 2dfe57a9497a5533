import { computed, onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { askPairing } from '@/api/displays'
import { Problem } from '@/api/problem'
import type { DisplayStanding } from '@/api/types'
import { tellServer } from '@/feeds/useFeed'
import { useNow } from '@/time/useNow'
import { keepDisplay, keptDisplay, newSecret, type KeptDisplay } from './keptDisplay'

/** Says to the server that this display is still here, and learns what it may have missed. */
const everyMs = 60_000

/** What gives a display its voice. */
export interface DisplayVoice {
  zone: string
  display: string
  secret: string
}

/** The code of a refusal by the hub; null when it could not answer. */
const refusalOf = (error: unknown) => /HubException: ([a-z-]+)$/.exec(error instanceof Error ? error.message : '')?.[1] ?? null

/**
 * This browser as a display of a hall: not paired, showing a code, or paired.
 * @param hall The hall.
 * @param zone The zone that its address names; null for none.
 * @param changes A number of the hall's feed that is another one whenever displays were paired or unpaired.
 */
export function useDisplay(
  hall: MaybeRefOrGetter<string>,
  zone: MaybeRefOrGetter<string | null>,
  changes: MaybeRefOrGetter<number | undefined>,
) {
  const now = useNow()
  const kept = shallowRef<KeptDisplay | null>(null)
  const standing = shallowRef<DisplayStanding | null>(null)
  const problem = shallowRef<Problem | null>(null)
  /** Whether the code is shown, or would be. */
  const pairing = ref(false)

  const paired = computed(() => (standing.value?.isPaired ? standing.value : null))
  const expired = computed(() => kept.value !== null && Date.parse(kept.value.expiresAt) <= now.value)

  function keep(found: KeptDisplay | null): void {
    kept.value = found
    keepDisplay(toValue(hall), found)
  }

  async function recognise(): Promise<void> {
    const me = kept.value
    if (me === null) return
    try {
      const found = (await tellServer('Recognise', toValue(hall), me.display, me.secret)) as DisplayStanding
      if (kept.value !== me) return
      standing.value = found
      if (found.isPaired) pairing.value = false
    } catch (error) {
      // Without an answer nothing is known: the voice is lost with the connection anyway.
      if (kept.value !== me || refusalOf(error) !== 'unknown-display') return
      standing.value = null
      keep(null)
    }
  }

  async function ask(): Promise<void> {
    const wanted = toValue(zone)
    const secret = kept.value !== null && kept.value.zone === wanted ? kept.value.secret : newSecret()
    pairing.value = true
    problem.value = null
    try {
      const { display, code, expiresAt } = await askPairing(toValue(hall), secret, wanted)
      keep({ display, secret, zone: wanted, code, expiresAt })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // The code was confirmed while it was asked for again.
      if (error.code === 'already-paired') await recognise()
      else problem.value = error
    }
  }

  watch(
    () => toValue(hall),
    (name) => {
      kept.value = keptDisplay(name)
      standing.value = null
      // A page that was loaded anew shows the code that somebody may be typing.
      pairing.value = kept.value !== null && !expired.value
    },
    { immediate: true },
  )
  watch(
    () => toValue(changes),
    (told) => {
      if (told !== undefined) void recognise()
    },
    { immediate: true },
  )
  const timer = setInterval(() => void recognise(), everyMs)
  onScopeDispose(() => clearInterval(timer))

  /** The voice in a zone; null when this display has none there. */
  function voiceIn(place: string | undefined): DisplayVoice | null {
    const mine = paired.value
    if (mine === null || kept.value === null || place === undefined || (mine.zone !== null && mine.zone !== place)) return null
    return { zone: place, display: kept.value.display, secret: kept.value.secret }
  }

  return { kept, paired, expired, pairing, problem, ask, voiceIn }
}
