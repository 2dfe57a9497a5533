import { onBeforeUnmount, onMounted } from 'vue'
import { shortcuts, type DeskCommand } from './commands'

const commandOf = new Map(Object.entries(shortcuts).map(([command, key]) => [key, command as DeskCommand]))

/** Function keys for the console. While a dialog is open they do nothing: it asks about one command already. */
export function useShortcuts(press: (command: DeskCommand) => void, quiet: () => boolean): void {
  function pressed(event: KeyboardEvent): void {
    const command = commandOf.get(event.key)
    if (command === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (!event.repeat && !quiet()) press(command)
  }

  onMounted(() => window.addEventListener('keydown', pressed))
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed))
}
