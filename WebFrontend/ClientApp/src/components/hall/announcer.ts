/** Says one text aloud; resolves whether it was heard to its end. */
export type Say = (text: string, language: string) => Promise<boolean>

export interface Announcement {
  key: string
  /** What is said, in the order of the languages. */
  texts: { text: string; language: string }[]
}

/** How often a call that did not come to its end is said again. */
const attempts = 2

/** How often each call is said. */
const repetitions = 2

/**
 * The voice of one display: one announcement at a time, in the order of the calls, each said twice and not followed by
 * the next before its end was heard. A call said while it is no longer wanted (its ticket is served) is left out.
 */
export class Announcer {
  private readonly waiting: Announcement[] = []
  private speaking = false

  constructor(
    private readonly say: Say,
    private readonly isWanted: (key: string) => boolean = () => true,
    private readonly heard: (key: string, complete: boolean) => void = () => {},
  ) {}

  add(announcement: Announcement): void {
    this.waiting.push(announcement)
    if (!this.speaking) void this.speakAll()
  }

  private async speakAll(): Promise<void> {
    this.speaking = true
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      if (!this.isWanted(next.key)) continue
      let complete = true
      for (let said = 0; said < repetitions && this.isWanted(next.key); said++) complete = (await this.once(next)) && complete
      this.heard(next.key, complete)
    }
    this.speaking = false
  }

  private async once(announcement: Announcement): Promise<boolean> {
    for (const { text, language } of announcement.texts) {
      let done = false
      for (let attempt = 0; attempt < attempts && !done; attempt++) done = await this.say(text, language)
      if (!done) return false
    }
    return true
  }
}

/** A voice that never says it has ended must not silence the hall. */
const longestMs = 15_000

/** Speaks with the browser's own voice; false at once where it has none. */
export const browserVoice: Say = (text, language) =>
  new Promise((resolve) => {
    const synthesis = globalThis.speechSynthesis
    if (synthesis === undefined) {
      resolve(false)
      return
    }
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.lang = language
    utterance.rate = 0.9
    const timer = setTimeout(() => end(false), longestMs)
    function end(complete: boolean): void {
      clearTimeout(timer)
      if (!complete) synthesis.cancel()
      resolve(complete)
    }
    utterance.onend = () => end(true)
    utterance.onerror = () => end(false)
    synthesis.speak(utterance)
  })
