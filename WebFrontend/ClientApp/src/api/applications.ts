import { file, get } from './http'
import type { Application, CaseReceipt, Page } from './types'

const at = (number: string) => `/applications/${encodeURIComponent(number)}`
// The code stands in a header: addresses are kept in histories and logs.
const headers = (code: string): Record<string, string> => (code === '' ? {} : { 'X-Query-Code': code })

/** A case for its applicant, or without a code for staff who signed in. */
export function application(number: string, code: string): Promise<Application> {
  return get(at(number), headers(code))
}

export function receipts(number: string, code: string): Promise<Page<CaseReceipt>> {
  return get(`${at(number)}/receipts`, headers(code))
}

export function receiptFile(number: string, code: string, kind: CaseReceipt['kind'], form: 'page' | 'pdf'): Promise<Blob> {
  return file(`${at(number)}/receipts/${kind}${form === 'pdf' ? '.pdf' : ''}`, headers(code))
}
