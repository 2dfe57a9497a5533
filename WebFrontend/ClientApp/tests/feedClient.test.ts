import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FeedClient, type FeedLink, type FeedView } from '@/feeds/feedClient'

type Handler = (...args: unknown[]) => void

class FakeLink implements FeedLink {
  readonly handlers = new Map<string, Handler>()
  readonly invoked: [method: string, ...args: unknown[]][] = []
  private readonly closers: (() => void)[] = []
  stopped = false
  refuse: string | null = null

  constructor(private readonly starting: Promise<void>) {}

  start(): Promise<void> {
    return this.starting
  }
  stop(): Promise<void> {
    this.stopped = true
    return Promise.resolve()
  }
  invoke(method: string, ...args: unknown[]): Promise<unknown> {
    this.invoked.push([method, ...args])
    return this.refuse === null ? Promise.resolve() : Promise.reject(new Error(this.refuse))
  }
  on(method: string, handler: Handler): void {
    this.handlers.set(method, handler)
  }
  onclose(handler: () => void): void {
    this.closers.push(handler)
  }
  send(method: string, ...args: unknown[]): void {
    this.handlers.get(method)?.(...args)
  }
  close(): void {
    this.closers.forEach((closer) => closer())
  }
  asked(): number {
    return this.invoked.filter(([method]) => method === 'Subscribe').length
  }
}

const feed = 'hall/shilong'

describe('a live feed', () => {
  let links: FakeLink[]
  let starting: Promise<void>
  let client: FeedClient
  let seen: FeedView<unknown>
  let stop: () => void

  const link = () => links.at(-1)!
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  beforeEach(async () => {
    vi.useFakeTimers()
    links = []
    starting = Promise.resolve()
    client = new FeedClient(() => {
      links.push(new FakeLink(starting))
      return link()
    })
    stop = client.subscribe(feed, (view) => (seen = view))
    await pass(0)
    link().send('snapshot', feed, 'e1', 1, { open: 1 })
  })

  afterEach(() => {
    stop()
    vi.useRealTimers()
  })

  it('subscribes once and shows the snapshot', () => {
    expect(link().invoked).toEqual([['Subscribe', feed]])
    expect(seen).toEqual({ state: { open: 1 }, lostSince: null, refusal: null })
  })

  it('shows the query code of a case, also when it asks again', async () => {
    const leave = client.subscribe('application/A1', () => undefined, '12345678')
    link().close()
    await pass(1000)
    expect(links).toHaveLength(2)
    for (const each of links)
      expect(each.invoked).toContainEqual(['SubscribeWithCode', 'application/A1', '12345678'])
    leave()
  })

  it('follows the changes', () => {
    link().send('changes', feed, 'e1', 1, [{ open: 2 }])
    expect(seen.state).toEqual({ open: 2 })
  })

  it('subscribes again after a gap, and only once until the snapshot comes', async () => {
    link().send('changes', feed, 'e1', 5, [{ open: 2 }])
    link().send('changes', feed, 'e1', 6, [{ open: 3 }])
    expect(link().asked()).toBe(2)
    link().send('snapshot', feed, 'e1', 7, { open: 7 })
    expect(seen.state).toEqual({ open: 7 })
  })

  it('subscribes again on an unknown epoch', () => {
    link().send('version', feed, 'e2', 1)
    expect(link().asked()).toBe(2)
  })

  it('gives a change that a heartbeat overtook time to arrive', async () => {
    link().send('version', feed, 'e1', 2)
    await pass(100)
    link().send('changes', feed, 'e1', 1, [{ open: 2 }])
    await pass(500)
    expect(link().asked()).toBe(1)
  })

  it('subscribes again when the change that a heartbeat tells of does not come', async () => {
    link().send('version', feed, 'e1', 2)
    await pass(300)
    expect(link().asked()).toBe(2)
  })

  it('is lost after three silent seconds, since its last message', async () => {
    await pass(1000)
    link().send('version', feed, 'e1', 1)
    const last = Date.now()
    await pass(2900)
    expect(seen.lostSince).toBeNull()
    await pass(500)
    expect(seen.lostSince).toBe(last)
    expect(seen.state).toEqual({ open: 1 })
  })

  it('replaces a connection that only looks open, within a second', async () => {
    await pass(4200)
    expect(links.length).toBe(2)
    expect(links[0]!.stopped).toBe(true)
    link().send('snapshot', feed, 'e1', 9, { open: 9 })
    expect(seen).toEqual({ state: { open: 9 }, lostSince: null, refusal: null })
  })

  it('reconnects within a second of a closed connection and asks for a fresh snapshot', async () => {
    link().close()
    await pass(900)
    expect(links.length).toBe(2)
    expect(link().invoked).toEqual([['Subscribe', feed]])
  })

  it('goes on trying while the server is away', async () => {
    starting = Promise.reject(new Error('refused'))
    starting.catch(() => undefined)
    link().close()
    await pass(10_000)
    expect(links.length).toBeGreaterThan(10)
    expect(seen.lostSince).not.toBeNull()
    starting = Promise.resolve()
    await pass(1000)
    expect(link().asked()).toBe(1)
  })

  it('gives up a connection attempt that hangs', async () => {
    starting = new Promise(() => undefined)
    link().close()
    await pass(900)
    expect(links.length).toBe(2)
    await pass(4000)
    expect(links.length).toBeGreaterThan(2)
    expect(links[1]!.stopped).toBe(true)
  })

  it('hears nothing from a connection that was given up', async () => {
    const old = link()
    old.close()
    await pass(900)
    old.send('changes', feed, 'e1', 1, [{ open: 99 }])
    expect(seen.state).toEqual({ open: 1 })
  })

  it('asks one silent feed again while others live', async () => {
    const other = client.subscribe('ticket/t1', () => undefined)
    for (let second = 0; second < 5; second++) {
      link().send('version', 'ticket/t1', 'e1', 1)
      await pass(1000)
    }
    expect(links.length).toBe(1)
    expect(seen.lostSince).not.toBeNull()
    expect(link().invoked.filter(([, name]) => name === feed).length).toBeGreaterThan(1)
    other()
    expect(link().invoked.at(-1)).toEqual(['Unsubscribe', 'ticket/t1'])
  })

  it('tells why the server refuses, and goes on when it no longer does', async () => {
    link().refuse = 'not-allowed'
    link().send('version', feed, 'e2', 1)
    await pass(0)
    expect(seen.refusal).toBe('not-allowed')
    link().refuse = null
    await pass(1500)
    link().send('snapshot', feed, 'e2', 1, { open: 3 })
    expect(seen).toEqual({ state: { open: 3 }, lostSince: null, refusal: null })
  })

  it('closes the connection when nothing is watched any more', () => {
    stop()
    expect(link().stopped).toBe(true)
  })
})
