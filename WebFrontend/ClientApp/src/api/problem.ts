import type { Fault, ProblemBody } from './types'

/** A refusal by the server, or `offline` when it could not be reached. `code` is stable and has its text in the language files. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly faults: readonly Fault[]

  private constructor(status: number, code: string, message: string, faults: readonly Fault[]) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.faults = faults
  }

  static refused(status: number, body: ProblemBody): Problem {
    return new Problem(status, body.code ?? `http-${status}`, body.detail ?? body.title ?? '', body.errors ?? [])
  }

  static offline(): Problem {
    return new Problem(0, 'offline', '', [])
  }

  /** Whether the same request may succeed later without anybody changing it. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}
