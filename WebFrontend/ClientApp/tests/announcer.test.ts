import { describe, expect, it } from 'vitest'
import { Announcer, type Announcement } from '@/components/hall/announcer'

const call = (key: string): Announcement => ({
  key,
  texts: [
    { text: `${key} zh`, language: 'zh-CN' },
    { text: `${key} en`, language: 'en-GB' },
  ],
})

/** A voice whose sentences end when the test says so. */
function voice() {
  const said: string[] = []
  const open: ((complete: boolean) => void)[] = []
  const say = (text: string) =>
    new Promise<boolean>((resolve) => {
      said.push(text)
      open.push(resolve)
    })
  async function end(complete = true): Promise<void> {
    open.shift()?.(complete)
    for (let i = 0; i < 10; i++) await Promise.resolve()
  }
  return { said, open, say, end }
}

describe('the voice of a display', () => {
  it('says one call at a time, in both languages and twice', async () => {
    const { said, open, say, end } = voice()
    const announcer = new Announcer(say)
    announcer.add(call('A1'))
    announcer.add(call('A2'))
    let most = 0
    while (open.length > 0) {
      most = Math.max(most, open.length)
      await end()
    }
    expect(most).toBe(1)
    expect(said).toEqual(['A1 zh', 'A1 en', 'A1 zh', 'A1 en', 'A2 zh', 'A2 en', 'A2 zh', 'A2 en'])
  })

  it('repeats what was cut off and goes on after a voice that fails', async () => {
    const { said, say, end } = voice()
    const heard: [string, boolean][] = []
    const announcer = new Announcer(say, undefined, (key, complete) => heard.push([key, complete]))
    announcer.add(call('A1'))
    announcer.add(call('A2'))
    await end(false)
    expect(said).toEqual(['A1 zh', 'A1 zh'])
    await end(false)
    await end(false)
    await end(false)
    for (let i = 0; i < 4; i++) await end(true)
    expect(heard).toEqual([
      ['A1', false],
      ['A2', true],
    ])
  })

  it('leaves out a call whose ticket is served by now', async () => {
    const { said, say, end } = voice()
    const gone = new Set(['A2'])
    const announcer = new Announcer(say, (key) => !gone.has(key))
    announcer.add(call('A1'))
    announcer.add(call('A2'))
    announcer.add(call('A3'))
    for (let i = 0; i < 8; i++) await end()
    expect(said.some((text) => text.startsWith('A2'))).toBe(false)
    expect(said).toHaveLength(8)
  })
})
