import { describe, expect, it } from 'vitest'
import { formOf, minutesOf, policyOf, spanOf } from '@/components/whatif/policyForm'

describe('the form of a policy', () => {
  it.each([
    ['00:10:00', 10],
    ['1.02:03:00', 1563],
    ['00:00:30', 0.5],
    ['-00:05:00', -5],
  ])('writes %s as minutes and back', (span, minutes) => {
    expect(minutesOf(span)).toBe(minutes)
    expect(spanOf(minutes)).toBe(span)
  })

  it('gives back the policy it was made from', () => {
    const policy = {
      appointmentHeadStart: '00:10:00',
      greenHeadStart: '00:15:00',
      firstAfter: '01:00:00',
      ratios: [{ of: 'ordinary' as const, calls: 3, then: 'green' as const }],
    }
    expect(policyOf(formOf(policy))).toEqual(policy)
    const { firstAfter, ...never } = policy
    expect(firstAfter).toBe('01:00:00')
    expect(policyOf(formOf(never))).toEqual(never)
  })
})
