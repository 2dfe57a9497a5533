import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '@/locales/en.json'
import zh from '@/locales/zh.json'

type Messages = { [key: string]: string | Messages }

function flat(messages: Messages, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  )
}

const languages = { zh: flat(zh), en: flat(en) }
const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

const sources = fs
  .readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(vue|ts)$/.test(file))
  .map((file) => fs.readFileSync(path.join('src', file), 'utf8'))

describe('the language files', () => {
  it('say the same things', () => {
    expect([...languages.en.keys()]).toEqual([...languages.zh.keys()])
  })

  it.each([...languages.zh])('leave the same blanks in %s', (key, text) => {
    expect(blanks(languages.en.get(key) ?? '')).toEqual(blanks(text))
  })

  it('have every text the pages name', () => {
    const named = sources.flatMap((source) => [...source.matchAll(/\bt\('([\w.-]+)'/g)].map((match) => match[1]!))
    expect(named.filter((key) => !languages.zh.has(key))).toEqual([])
  })

  it('hold all texts: no source but they has Chinese in it', () => {
    // Language names are written in their own script everywhere.
    const shown = sources.map((source) => source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))
    expect(shown.filter((source) => /\p{Script=Han}/u.test(source))).toEqual([])
  })
})
