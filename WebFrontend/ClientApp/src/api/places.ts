import { get } from './http'
import type { Hall, Page, Region } from './types'

/** Every hall with its services and counters. */
export async function allHalls(): Promise<Hall[]> {
  const halls: Hall[] = []
  let after: string | null = null
  do {
    const query: string = after === null ? '' : `?after=${encodeURIComponent(after)}`
    const page: Page<Hall> = await get<Page<Hall>>(`/halls${query}`)
    halls.push(...page.items)
    after = page.next
  } while (after !== null)
  return halls
}

export function region(code: string): Promise<Region> {
  return get(`/regions/${encodeURIComponent(code)}`)
}

/** The regions served here. */
export async function regions(): Promise<Pick<Region, 'code' | 'name'>[]> {
  return (await get<Page<Pick<Region, 'code' | 'name'>>>('/regions')).items
}
