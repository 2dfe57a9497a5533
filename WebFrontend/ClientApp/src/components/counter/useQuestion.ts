import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { CounterCommand, CounterCommands } from '@/api/counters'
import type { Hall } from '@/api/types'
import { inOwnWords } from '@/i18n'
import type { Choice } from './ChoiceDialog.vue'
import type { DeskCommand } from './commands'
import { outcomes, pauseReasons } from './reasons'

interface Question {
  command: DeskCommand
  title: string
  choices: Choice[]
  preset?: boolean
  free?: string
  run: (value: string) => void
}

type Run = <C extends CounterCommand>(name: C, body: CounterCommands[C]) => Promise<void>

/** Commands that need a word first open a dialog for it; the others run at once. */
export function useQuestion(
  run: Run,
  hall: () => Hall | undefined,
  own: { counter: () => string; service: () => string | undefined },
) {
  const { t } = useI18n()
  const question = shallowRef<Question | null>(null)
  const asking = ref(false)

  const services = (): Choice[] =>
    (hall()?.services ?? [])
      .filter((service) => service.id !== own.service())
      .map((service) => ({ value: service.id, label: inOwnWords(service.name) }))

  /** A service, another counter or a pool; the kinds of id are told apart by the prefix. */
  const destinations = (): Choice[] => [
    ...services().map(({ value, label }) => ({ value: `service ${value}`, label: t('counter.toService', { label }) })),
    ...(hall()?.counters ?? [])
      .filter((counter) => counter.id !== own.counter())
      .map((counter) => ({
        value: `counter ${counter.id}`,
        label: t('counter.toCounter', { label: inOwnWords(counter.name) }),
      })),
    ...(hall()?.pools ?? []).map((pool) => ({
      value: `pool ${pool.id}`,
      label: t('counter.toPool', { label: inOwnWords(pool.name) }),
    })),
  ]

  function questionFor(command: DeskCommand): Question | null {
    const title = t(`command.${command}`)
    switch (command) {
      case 'pause':
        return {
          command,
          title,
          choices: pauseReasons.map((value) => ({ value, label: t(`pauseReason.${value}`) })),
          preset: true,
          free: t('counter.otherReason'),
          run: (reason) => void run('pause', { reason }),
        }
      case 'finish':
        return {
          command,
          title,
          choices: outcomes.map((value) => ({ value, label: t(`outcome.${value}`) })),
          preset: true,
          free: t('counter.otherOutcome'),
          run: (outcome) => void run('finish', { outcome }),
        }
      case 'transfer':
        return {
          command,
          title,
          choices: destinations(),
          run: (destination) => {
            const [kind, id] = destination.split(' ') as ['service' | 'counter' | 'pool', string]
            void run('transfer', { [kind]: id })
          },
        }
      case 'redirect':
        return { command, title, choices: services(), run: (service) => void run('redirect', { service }) }
      default:
        return null
    }
  }

  function press(command: DeskCommand): void {
    question.value = questionFor(command)
    if (question.value !== null) asking.value = true
    else void run(command, {} as CounterCommands[DeskCommand])
  }

  return { question, asking, press }
}
