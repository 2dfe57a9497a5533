import { describe, expect, it } from 'vitest'
import { Announcer, type ZoneCallToSay, type ZoneLine } from '@/components/hall/announcer'

const call = (key: string): ZoneCallToSay => ({ key, number: key, counter: 'c1' })

/** A voice whose sentences end when the test says so, and a server that gives calls in turn. */
function display(...calls: ZoneCallToSay[]) {
  const said: string[] = []
  const open: ((complete: boolean) => void)[] = []
  const acknowledged: [string, boolean][] = []
  const line: ZoneLine = {
    take: () => Promise.resolve(calls.shift() ?? null),
    acknowledge: (key, complete) => Promise.resolve(void acknowledged.push([key, complete])),
  }
  const say = (text: string) =>
    new Promise<boolean>((resolve) => {
      said.push(text)
      open.push(resolve)
    })
  async function settle(): Promise<void> {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  async function end(complete = true): Promise<void> {
    open.shift()?.(complete)
    await settle()
  }
  const announcer = new Announcer(line, say, ({ key }) => [
    { text: `${key} zh`, language: 'zh-CN' },
    { text: `${key} en`, language: 'en-GB' },
  ])
  return { said, open, acknowledged, calls, line, announcer, end, settle }
}

describe('the voice of a display', () => {
  it('says one call at a time in both languages and acknowledges it before it asks for the next', async () => {
    const { said, open, acknowledged, announcer, end, settle } = display(call('A1'), call('A2'))
    void announcer.wake()
    await settle()
    expect(said).toEqual(['A1 zh'])
    await end()
    expect(acknowledged).toEqual([])
    await end()
    expect(acknowledged).toEqual([['A1', true]])
    expect(open).toHaveLength(1)
    await end()
    await end()
    expect(said).toEqual(['A1 zh', 'A1 en', 'A2 zh', 'A2 en'])
    expect(open).toHaveLength(0)
  })

  it('repeats a sentence that was cut off and tells when it could not be said', async () => {
    const { said, acknowledged, announcer, end, settle } = display(call('A1'))
    void announcer.wake()
    await settle()
    await end(false)
    await end(false)
    expect(said).toEqual(['A1 zh', 'A1 zh'])
    expect(acknowledged).toEqual([['A1', false]])
  })

  it('is not woken twice, and asks again for what has come meanwhile', async () => {
    const { said, calls, announcer, end, settle } = display(call('A1'))
    void announcer.wake()
    void announcer.wake()
    await settle()
    expect(said).toEqual(['A1 zh'])
    calls.push(call('A2'))
    for (let i = 0; i < 4; i++) await end()
    expect(said).toEqual(['A1 zh', 'A1 en', 'A2 zh', 'A2 en'])
  })

  it('falls silent when the connection is lost and speaks again when it is back', async () => {
    const { said, line, announcer, settle } = display(call('A1'))
    const take = line.take
    line.take = () => Promise.reject(new Error('not connected'))
    await announcer.wake()
    line.take = take
    void announcer.wake()
    await settle()
    expect(said).toEqual(['A1 zh'])
  })
})
