/** Legal deadlines and hall hours are Beijing time, wherever the screen hangs or its clock is set. */
const timeZone = 'Asia/Shanghai'

type When = string | number

function formatter(options: Intl.DateTimeFormatOptions): (when: When, language: string) => string {
  const made = new Map<string, Intl.DateTimeFormat>()
  return (when, language) => {
    let format = made.get(language)
    if (format === undefined) {
      format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone, ...options })
      made.set(language, format)
    }
    return format.format(new Date(when))
  }
}

/** 14:03:22 */
export const clockTime = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
/** 14:03 */
export const shortTime = formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
/** 2025年11月22日星期六 */
export const longDate = formatter({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' })
/** 11-22 14:03 */
export const dayAndTime = formatter({ month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
/** 2025/11/22 14:03 */
export const dateAndTime = formatter({
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** 11-22 24:00: a legal day ends at 24:00, so what is due at midnight is due with the day before. */
export function dueTime(when: When, language: string): string {
  return clockTime(when, language) === '00:00:00'
    ? dayAndTime(new Date(when).getTime() - 60_000, language).replace('23:59', '24:00')
    : dayAndTime(when, language)
}

/** 2025-11-22, as the server takes a day */
export const isoDay = (when: When): string => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(when))

/** 4:05 or 1:04:05; never negative. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** Seconds from an instant until now, both by the server's clock. */
export function secondsSince(instant: string, nowMs: number): number {
  return (nowMs - Date.parse(instant)) / 1000
}

/** The machine-readable form for `<time datetime>`: PT4M5S. */
export function isoDuration(seconds: number): string {
  return `PT${Math.max(0, Math.floor(seconds))}S`
}
