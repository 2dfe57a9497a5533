import { beforeEach, describe, expect, it } from 'vitest'
import { FeedCopy } from '@/feeds/feedCopy'

interface Board {
  open: number
  red?: number
}

describe('the copy of a feed', () => {
  let copy: FeedCopy<Board>
  beforeEach(() => {
    copy = new FeedCopy<Board>()
    copy.snapshot('e1', 10, { open: 1 })
  })

  it('takes changes that follow on', () => {
    expect(copy.changes('e1', 10, [{ open: 2 }, { red: 1 }])).toBe('current')
    expect(copy.state).toEqual({ open: 2, red: 1 })
    expect(copy.version).toBe(12)
  })

  it('takes from overlapping changes only those it does not have', () => {
    copy.changes('e1', 10, [{ open: 2 }, { open: 3 }])
    expect(copy.changes('e1', 11, [{ open: 99 }, { open: 4 }])).toBe('current')
    expect(copy.state).toEqual({ open: 4 })
    expect(copy.version).toBe(13)
  })

  it('ignores changes it has already', () => {
    expect(copy.changes('e1', 8, [{ open: 7 }, { open: 8 }])).toBe('current')
    expect(copy.state).toEqual({ open: 1 })
    expect(copy.changes('e1', 3, [{ open: 7 }])).toBe('current')
    expect(copy.version).toBe(10)
  })

  it('is broken by a gap and keeps what it had', () => {
    expect(copy.changes('e1', 11, [{ open: 2 }])).toBe('broken')
    expect(copy.state).toEqual({ open: 1 })
  })

  it('is broken by another epoch, in changes and in heartbeats', () => {
    expect(copy.changes('e2', 10, [{ open: 2 }])).toBe('broken')
    expect(copy.heartbeat('e2', 10)).toBe('broken')
  })

  it('learns from a heartbeat that a change is missing', () => {
    expect(copy.heartbeat('e1', 10)).toBe('current')
    expect(copy.heartbeat('e1', 11)).toBe('behind')
    copy.changes('e1', 10, [{ open: 2 }])
    expect(copy.heartbeat('e1', 11)).toBe('current')
  })

  it('takes a snapshot of a new epoch though its version is lower', () => {
    expect(copy.snapshot('e2', 1, { open: 5 })).toBe('current')
    expect(copy.state).toEqual({ open: 5 })
    expect(copy.version).toBe(1)
  })

  it('does not go back to an older snapshot of the same epoch', () => {
    copy.changes('e1', 10, [{ open: 2 }])
    copy.snapshot('e1', 10, { open: 1 })
    expect(copy.state).toEqual({ open: 2 })
    expect(copy.version).toBe(11)
  })

  it('keeps changes that come before the first snapshot', () => {
    const fresh = new FeedCopy<Board>()
    expect(fresh.changes('e1', 4, [{ open: 5 }])).toBe('behind')
    expect(fresh.changes('e1', 5, [{ open: 6 }])).toBe('behind')
    expect(fresh.state).toBeUndefined()
    expect(fresh.snapshot('e1', 5, { open: 5 })).toBe('current')
    expect(fresh.state).toEqual({ open: 6 })
    expect(fresh.version).toBe(6)
  })

  it('asks for another snapshot when the early changes do not follow on', () => {
    const fresh = new FeedCopy<Board>()
    fresh.changes('e1', 7, [{ open: 8 }])
    expect(fresh.snapshot('e1', 5, { open: 5 })).toBe('broken')
  })
})
