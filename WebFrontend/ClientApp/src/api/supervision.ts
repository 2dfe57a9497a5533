import { get } from './http'
import type { SupervisionBoard } from './types'

export function supervisionBoard(region: string): Promise<SupervisionBoard> {
  return get(`/supervision/board?region=${encodeURIComponent(region)}`)
}
