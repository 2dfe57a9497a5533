/** Says one text aloud; resolves whether it was heard to its end. */
export type Say = (text: string, language: string) => Promise<boolean>

/** A call that the server gives this display to say once. */
export interface ZoneCallToSay {
  key: string
  number: string
  counter: string
}

export interface Words {
  text: string
  language: string
}

/** What a display has from the server: the next call for it, and a place to say what became of it. */
export interface ZoneLine {
  take(): Promise<ZoneCallToSay | null>
  acknowledge(key: string, complete: boolean): Promise<void>
}

/** How often a sentence that did not come to its end is said again. */
const attempts = 2

/**
 * The voice of one display. What is said, how often and by which display of a zone is the server's to decide: this one
 * asks for a call, says it once in every language, acknowledges it and asks again until there is nothing for it.
 */
export class Announcer {
  private speaking = false
  private asked = false

  constructor(
    private readonly line: ZoneLine,
    private readonly say: Say,
    private readonly wordsOf: (call: ZoneCallToSay) => Words[],
    private readonly heard: (key: string, complete: boolean) => void = () => {},
  ) {}

  /** There may be something to say. */
  async wake(): Promise<void> {
    this.asked = true
    if (this.speaking) return
    this.speaking = true
    try {
      while (this.asked) {
        this.asked = false
        for (let call = await this.line.take(); call !== null; call = await this.line.take()) {
          const complete = await this.once(this.wordsOf(call))
          await this.line.acknowledge(call.key, complete)
          this.heard(call.key, complete)
        }
      }
    } catch {
      // The connection is lost: the feed's return wakes the voice again.
    } finally {
      this.speaking = false
    }
  }

  private async once(texts: Words[]): Promise<boolean> {
    for (const { text, language } of texts) {
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
