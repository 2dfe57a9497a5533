import { describe, expect, it } from 'vitest'
import type { Fault } from '@/api/types'
import { faultText } from '@/components/faults'
import { fieldOf } from '@/components/whatif/policyForm'
import en from '@/locales/en.json'
import zh from '@/locales/zh.json'

const fault = (code: string, bounds?: Fault['bounds']): Fault => ({ pointer: '/x', code, message: 'An English sentence.', ...(bounds && { bounds }) })

describe('the text of a fault', () => {
  it('names bounds as the pages count them: spans of time in minutes', () => {
    expect(faultText(fault('out-of-range', { least: '00:00:00', most: '04:00:00', aboveLeast: false }))).toEqual({
      key: 'fault.between',
      blanks: { least: 0, most: 240 },
    })
    expect(faultText(fault('out-of-range', { least: '00:00:00', most: '1.00:00:00', aboveLeast: true }))).toEqual({
      key: 'fault.above',
      blanks: { least: 0, most: 1440 },
    })
    expect(faultText(fault('out-of-range', { least: '1', most: '1000', aboveLeast: false })).blanks).toEqual({ least: 1, most: 1000 })
  })

  it('goes by the code where there are no bounds', () => {
    expect(faultText(fault('repeated'))).toEqual({ key: 'fault.repeated', blanks: {} })
  })

  it.each(['between', 'above', 'out-of-range', 'required', 'wrong-type', 'not-one-of', 'repeated'] as const)('is in both languages for %s', (code) => {
    expect(zh.fault[code]).toBeTruthy()
    expect(en.fault[code]).toBeTruthy()
  })
})

describe('the field of a pointer', () => {
  it('is one of the page, in its words', () => {
    expect(fieldOf('/policy/greenHeadStart')).toEqual({ key: 'whatIf.greenHeadStart' })
    expect(fieldOf('/policy/ratios')).toEqual({ key: 'whatIf.ratios' })
    expect(fieldOf('/policy/ratios/1/then')).toEqual({ key: 'whatIf.ratioThen', ratio: 2 })
    expect(fieldOf('/counters')).toEqual({ key: 'whatIf.counters' })
  })

  it('is none where the page has none', () => {
    expect(fieldOf('/services/0')).toBeUndefined()
    expect(fieldOf('/policy/ratios/0/colour')).toBeUndefined()
    expect(fieldOf('')).toBeUndefined()
  })
})
