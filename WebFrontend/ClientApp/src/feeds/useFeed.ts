import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr'
import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import { reloadIfUpdated } from '@/freshness'
import { FeedClient } from './feedClient'

const client = new FeedClient(() =>
  new HubConnectionBuilder()
    .withUrl('/hubs/board', { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    // Reconnecting is the feed client's work: it must also notice feeds that fall silent.
    .configureLogging(LogLevel.None)
    .build(),
)

/** Says something to the server over the connection of the feeds. */
export const tellServer = (method: string, ...args: unknown[]) => client.call(method, ...args)

/** Boards have nobody in front of them who could lose what they typed. */
const isUnattended = () => document.documentElement.classList.contains('board')

export interface LiveFeed<T> {
  state: Readonly<ShallowRef<T | undefined>>
  lostSince: Readonly<ShallowRef<number | null>>
  refusal: Readonly<ShallowRef<string | null>>
}

/**
 * The live state of a feed for as long as the component lives; null listens to nothing. An applicant follows a case with its
 * query code.
 */
export function useFeed<T>(
  feed: MaybeRefOrGetter<string | null>,
  code: MaybeRefOrGetter<string | null> = null,
): LiveFeed<T> {
  const state = shallowRef<T>()
  const lostSince = shallowRef<number | null>(null)
  const refusal = shallowRef<string | null>(null)
  watch(
    [() => toValue(feed), () => toValue(code)],
    ([name, key], _, onCleanup) => {
      state.value = undefined
      lostSince.value = null
      refusal.value = null
      if (name === null) return
      onCleanup(
        client.subscribe(
          name,
          (view) => {
            // A server that was away may have come back as a newer one.
            if (lostSince.value !== null && view.lostSince === null && isUnattended()) void reloadIfUpdated()
            state.value = view.state as T | undefined
            lostSince.value = view.lostSince
            refusal.value = view.refusal
          },
          key,
        ),
      )
    },
    { immediate: true },
  )
  return { state, lostSince, refusal }
}
