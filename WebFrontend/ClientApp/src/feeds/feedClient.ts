import { FeedCopy, type Effect, type Epoch } from './feedCopy'

/** The part of a SignalR connection that feeds need. */
export interface FeedLink {
  start(): Promise<void>
  stop(): Promise<void>
  invoke(method: string, ...args: unknown[]): Promise<unknown>
  /** The arguments are as SignalR declares them: whatever the server sent. */
  on(method: string, handler: (...args: any[]) => void): void
  onclose(handler: () => void): void
}

/** What a page sees of a feed. */
export interface FeedView<T> {
  state: T | undefined
  /** When the last message came, while none has come for too long; otherwise null. Milliseconds, this machine's clock. */
  lostSince: number | null
  /** The server's answer when it will not give this feed. */
  refusal: string | null
}

export interface FeedTimes {
  /** Silence after which a feed counts as lost; the server sends each feed's version every second. */
  lostAfter: number
  /** How often silence is looked for. */
  lookEvery: number
  /** A heartbeat may overtake the change it counts; after this long the change is taken as lost. */
  overtaking: number
  /** Longest pause before the next try to connect. Spread at random, so that a restart is not met by all screens at once. */
  reconnectWithin: number
  /** A try to connect that takes longer is given up. */
  connectWithin: number
}

/** Milliseconds. */
export const usualTimes: FeedTimes = {
  lostAfter: 3000,
  lookEvery: 250,
  overtaking: 250,
  reconnectWithin: 800,
  connectWithin: 3000,
}

type Listener = (view: FeedView<unknown>) => void

interface Subscription {
  /** The query code that opens the feed of a case; null where none is needed. */
  code: string | null
  copy: FeedCopy<unknown>
  listeners: Set<Listener>
  heardAt: number
  lost: boolean
  refusal: string | null
  /** When a snapshot was last asked for, until it comes. */
  askedAt: number | null
  awaiting: ReturnType<typeof setTimeout> | undefined
}

/**
 * All feeds of a page over one connection. Whatever happens to the connection, to a message or to the server, each feed
 * comes back to a fresh snapshot by itself, and its listeners are told when it is lost and since when.
 */
export class FeedClient {
  private readonly feeds = new Map<string, Subscription>()
  private link: FeedLink | undefined
  private connected = false
  private connectedAt = 0
  private reopening: ReturnType<typeof setTimeout> | undefined
  private looking: ReturnType<typeof setInterval> | undefined

  constructor(
    private readonly connect: () => FeedLink,
    private readonly times: FeedTimes = usualTimes,
    private readonly now: () => number = Date.now,
    private readonly random: () => number = Math.random,
  ) {}

  /** Listens to a feed until the returned function is called. */
  subscribe(feed: string, listener: Listener, code: string | null = null): () => void {
    let entry = this.feeds.get(feed)
    if (entry === undefined) {
      entry = {
        code,
        copy: new FeedCopy(),
        listeners: new Set(),
        heardAt: this.now(),
        lost: false,
        refusal: null,
        askedAt: null,
        awaiting: undefined,
      }
      this.feeds.set(feed, entry)
      if (this.connected) this.ask(feed, entry)
    }
    const subscription = entry
    subscription.listeners.add(listener)
    listener(view(subscription))
    this.open()
    this.looking ??= setInterval(() => this.look(), this.times.lookEvery)
    return () => {
      subscription.listeners.delete(listener)
      if (subscription.listeners.size === 0 && this.feeds.get(feed) === subscription) this.leave(feed, subscription)
    }
  }

  /** Says something to the server over the same connection; rejected while there is none. */
  call(method: string, ...args: unknown[]): Promise<unknown> {
    return this.connected && this.link !== undefined
      ? this.link.invoke(method, ...args)
      : Promise.reject(new Error('not connected'))
  }

  private leave(feed: string, entry: Subscription): void {
    clearTimeout(entry.awaiting)
    this.feeds.delete(feed)
    if (this.feeds.size > 0) {
      if (this.connected) this.link?.invoke('Unsubscribe', feed).catch(() => undefined)
      return
    }
    clearInterval(this.looking)
    clearTimeout(this.reopening)
    this.looking = undefined
    this.reopening = undefined
    this.drop()
  }

  private open(): void {
    if (this.link !== undefined || this.reopening !== undefined || this.feeds.size === 0) return
    const link = this.connect()
    this.link = link
    // A message of a connection that was given up says nothing about the present one.
    const heard = (feed: string, take: (copy: FeedCopy<unknown>) => Effect, answered = false) => {
      const entry = this.link === link ? this.feeds.get(feed) : undefined
      if (entry === undefined) return
      if (answered) entry.askedAt = null
      this.heard(feed, entry, take)
    }
    link.on('snapshot', (feed: string, epoch: Epoch, version: number, state: unknown) =>
      heard(feed, (copy) => copy.snapshot(epoch, version, state), true),
    )
    link.on('changes', (feed: string, epoch: Epoch, fromVersion: number, patches: unknown[]) =>
      heard(feed, (copy) => copy.changes(epoch, fromVersion, patches)),
    )
    link.on('version', (feed: string, epoch: Epoch, version: number) =>
      heard(feed, (copy) => copy.heartbeat(epoch, version)),
    )
    link.onclose(() => this.closed(link))

    const tooLong = setTimeout(() => this.closed(link), this.times.connectWithin)
    link
      .start()
      .then(() => {
        if (this.link !== link) return
        this.connected = true
        this.connectedAt = this.now()
        for (const [feed, entry] of this.feeds) this.ask(feed, entry)
      })
      .catch(() => this.closed(link))
      .finally(() => clearTimeout(tooLong))
  }

  private closed(link: FeedLink): void {
    if (this.link !== link) return
    this.drop()
    this.reopening = setTimeout(() => {
      this.reopening = undefined
      this.open()
    }, this.random() * this.times.reconnectWithin)
  }

  private drop(): void {
    const link = this.link
    this.link = undefined
    this.connected = false
    link?.stop().catch(() => undefined)
  }

  private ask(feed: string, entry: Subscription): void {
    clearTimeout(entry.awaiting)
    entry.awaiting = undefined
    entry.askedAt = this.now()
    const asked =
      entry.code === null
        ? this.link?.invoke('Subscribe', feed)
        : this.link?.invoke('SubscribeWithCode', feed, entry.code)
    asked?.then(
      () => {
        if (entry.refusal !== null) this.tell(entry, null)
      },
      (error: unknown) => {
        // A closed connection refuses nothing: it is opened again and asks again.
        if (this.connected) this.tell(entry, error instanceof Error ? error.message : String(error))
      },
    )
  }

  private heard(feed: string, entry: Subscription, take: (copy: FeedCopy<unknown>) => Effect): void {
    const before = entry.copy.state
    const effect = take(entry.copy)
    entry.heardAt = this.now()

    if (effect === 'broken' && entry.askedAt === null) this.ask(feed, entry)
    if (effect === 'behind') this.awaitChange(feed, entry)
    if (entry.copy.state === before && !entry.lost) return
    entry.lost = false
    this.tell(entry, null)
  }

  private awaitChange(feed: string, entry: Subscription): void {
    if (entry.awaiting !== undefined || entry.askedAt !== null) return
    const version = entry.copy.version
    entry.awaiting = setTimeout(() => {
      entry.awaiting = undefined
      if (this.connected && entry.copy.version === version) this.ask(feed, entry)
    }, this.times.overtaking)
  }

  private look(): void {
    const now = this.now()
    const silent = (since: number) => now - since > this.times.lostAfter
    let allSilent = true
    for (const [feed, entry] of this.feeds) {
      const lost = silent(entry.heardAt)
      if (lost && !entry.lost) {
        entry.lost = true
        this.tell(entry, entry.refusal)
      }
      if (!lost) allSilent = false
      const unanswered = entry.askedAt !== null && now - entry.askedAt > 1000
      const unasked = lost && entry.askedAt === null
      if (this.connected && (unanswered || unasked)) this.ask(feed, entry)
    }
    // A socket can look open long after the other side has gone.
    if (allSilent && this.connected && silent(this.connectedAt) && this.link !== undefined) this.closed(this.link)
  }

  private tell(entry: Subscription, refusal: string | null): void {
    entry.refusal = refusal
    const now = view(entry)
    for (const listener of entry.listeners) listener(now)
  }
}

function view(entry: Subscription): FeedView<unknown> {
  return { state: entry.copy.state, lostSince: entry.lost ? entry.heardAt : null, refusal: entry.refusal }
}
