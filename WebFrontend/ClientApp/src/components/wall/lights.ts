import type { Light } from '@/api/types'

/** From in order to overdue. */
export const lightsByGravity: readonly Light[] = ['green', 'warning', 'yellow', 'red']
