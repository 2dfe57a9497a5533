import { createI18n } from 'vue-i18n'
import type { LocalName } from '@/api/types'
import en from '@/locales/en.json'
import zh from '@/locales/zh.json'

export type Language = keyof LocalName
export const languages: readonly Language[] = ['zh', 'en']

const kept = 'onestop.language'

const isLanguage = (text: unknown): text is Language => text === 'zh' || text === 'en'

/** From the address (`?lang=`), else as chosen here before, else as the browser prefers. */
function chosenLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang')
  if (isLanguage(asked)) return asked
  const before = localStorage.getItem(kept)
  if (isLanguage(before)) return before
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())
  return preferred.find(isLanguage) ?? 'zh'
}

export const i18n = createI18n<[typeof zh], Language, false>({
  legacy: false,
  locale: chosenLanguage(),
  fallbackLocale: 'zh',
  messages: { zh, en },
})

function tellBrowser(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
}

export function speak(language: Language): void {
  i18n.global.locale.value = language
  localStorage.setItem(kept, language)
  tellBrowser(language)
}

tellBrowser(i18n.global.locale.value)

/** A name from the server in the language of the page. */
export function inOwnWords(name: LocalName): string {
  return name[i18n.global.locale.value] || name.zh
}
