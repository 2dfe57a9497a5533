import { describe, expect, it } from 'vitest'
import { clockTime, dayAndTime, dueTime, duration, isoDay, isoDuration, secondsSince } from '@/time/format'

describe('times on the pages', () => {
  it('are Beijing time wherever the screen is', () => {
    expect(clockTime('2025-11-22T06:03:22Z', 'zh')).toBe('14:03:22')
    expect(clockTime('2025-11-21T16:00:00Z', 'en')).toBe('00:00:00')
    expect(dayAndTime('2025-12-31T17:30:00Z', 'zh')).toBe('01/01 01:30')
    expect(isoDay('2025-12-31T17:30:00Z')).toBe('2026-01-01')
  })

  it('show the end of a day as 24:00 of that day', () => {
    expect(dueTime('2026-11-28T00:00:00+08:00', 'en')).toBe('27/11, 24:00')
    expect(dueTime('2026-03-01T00:00:00+08:00', 'zh')).toBe('02/28 24:00')
    expect(dueTime('2026-11-28T00:00:01+08:00', 'en')).toBe('28/11, 00:00')
    expect(dueTime('2026-11-28T23:59:00+08:00', 'en')).toBe('28/11, 23:59')
  })

  it('count minutes, then hours', () => {
    expect(duration(0)).toBe('0:00')
    expect(duration(245.9)).toBe('4:05')
    expect(duration(3845)).toBe('1:04:05')
  })

  it('never run backwards when the clocks differ a little', () => {
    expect(duration(-3)).toBe('0:00')
    expect(isoDuration(-3)).toBe('PT0S')
  })

  it('tick from the instant the server gave, whatever its offset', () => {
    expect(secondsSince('2025-11-22T14:00:00+08:00', Date.parse('2025-11-22T06:01:30Z'))).toBe(90)
  })
})
