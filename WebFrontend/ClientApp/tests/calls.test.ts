import { describe, expect, it } from 'vitest'
import { latestFirst, newCalls } from '@/components/hall/calls'

const call = (number: string, at: string, counter = 'c1') => ({ number, counter, at: `2025-11-22T09:${at}+08:00` })
const a1 = call('A001', '00:00')
const a2 = call('A002', '01:00')
const a3 = call('A003', '02:00')

describe('calls on the hall display', () => {
  it('stand latest first', () => {
    expect(latestFirst([a1, a3, a2])).toEqual([a3, a2, a1])
  })

  it('are announced in the order they were made', () => {
    expect(newCalls([a1], [a3, a2, a1])).toEqual([a2, a3])
  })

  it('are announced once', () => {
    expect(newCalls([a2, a1], [a2])).toEqual([])
  })

  it('are announced again when recalled', () => {
    const recalled = call('A001', '03:00')
    expect(newCalls([a2, a1], [recalled, a2])).toEqual([recalled])
  })
})
