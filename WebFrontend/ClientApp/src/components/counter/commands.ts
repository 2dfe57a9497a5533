import type { CounterCommand } from '@/api/counters'
import type { CounterDesk } from '@/api/types'

/** Commands that stand on the console as buttons, in the order of the work; `resume` stands beside each held ticket. */
export type DeskCommand = Exclude<CounterCommand, 'call' | 'resume'>

export const ticketCommands: readonly DeskCommand[] = [
  'call-next',
  'recall',
  'start',
  'finish',
  'no-show',
  'hold',
  'transfer',
  'redirect',
]
export const counterCommands: readonly DeskCommand[] = ['open', 'pause', 'close']

/** Function keys that browsers leave alone or give up, and that need no modifier. */
export const shortcuts: Partial<Record<DeskCommand, string>> = {
  'call-next': 'F2',
  recall: 'F3',
  start: 'F4',
  finish: 'F8',
  'no-show': 'F9',
  hold: 'F10',
}

/**
 * Which buttons invite. It spares the clerk a refusal; whether a command is lawful is the server's to say.
 */
export function invites(desk: CounterDesk, command: CounterCommand): boolean {
  const ticket = desk.active?.state
  const free = desk.active === null
  switch (command) {
    case 'open':
      return desk.state === 'closed' || desk.state === 'paused'
    case 'pause':
      return desk.state === 'open' && free
    case 'close':
      return desk.state !== 'closed' && free
    case 'call-next':
    case 'call':
    case 'resume':
      return desk.state === 'open' && free
    case 'recall':
    case 'start':
    case 'no-show':
      return ticket === 'called'
    case 'finish':
      return ticket === 'serving'
    case 'hold':
    case 'transfer':
    case 'redirect':
      return ticket === 'called' || ticket === 'serving'
  }
}
