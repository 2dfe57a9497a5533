import { useI18n } from 'vue-i18n'
import type { WaitRange } from '@/api/types'

/** An expected wait in whole minutes, rounded up: a range is never promised shorter than it was computed. */
export function useWaitRange(): (wait: WaitRange) => string {
  const { t } = useI18n()
  return ({ p50, p90 }) => {
    const from = Math.ceil(p50 / 60)
    const to = Math.ceil(p90 / 60)
    if (to <= 1) return t('ticket.soon')
    return from === to ? t('ticket.minutes', { n: to }) : t('ticket.range', { from: Math.max(from, 1), to })
  }
}
