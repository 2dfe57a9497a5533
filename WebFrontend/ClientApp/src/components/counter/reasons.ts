import { useI18n } from 'vue-i18n'

/** Kept by the server as written; the pages give these few in the reader's language and any other as it is. */
export const pauseReasons = ['meal', 'break', 'meeting', 'equipment'] as const
export const outcomes = ['completed', 'accepted', 'incomplete', 'advised'] as const

export function useReason(): (reason: string) => string {
  const { t, te } = useI18n()
  return (reason) => (te(`pauseReason.${reason}`) ? t(`pauseReason.${reason}`) : reason)
}
