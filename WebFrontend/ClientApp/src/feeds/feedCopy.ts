import { mergePatch } from './mergePatch'

/** One per activation of the feed's grain; only ever compared. */
export type Epoch = string | number

/**
 * What a message did to the copy: `current` (it is true as of this message), `behind` (something newer exists that has not
 * come yet) or `broken` (a message was lost or the feed began anew: only a fresh snapshot helps).
 */
export type Effect = 'current' | 'behind' | 'broken'

interface Changes {
  epoch: Epoch
  fromVersion: number
  patches: readonly unknown[]
}

/** Changes kept while the first snapshot is under way. More than this and a fresh snapshot is cheaper. */
const mostEarly = 64

/** The copy of one feed that a page holds: a snapshot and the numbered changes since. No clock and no network. */
export class FeedCopy<T> {
  private held: { epoch: Epoch; version: number; state: T } | undefined
  private early: Changes[] = []

  get state(): T | undefined {
    return this.held?.state
  }

  get version(): number | undefined {
    return this.held?.version
  }

  snapshot(epoch: Epoch, version: number, state: T): Effect {
    // Two snapshots may overtake changes that the first one already took in.
    const older = this.held !== undefined && this.held.epoch === epoch && version < this.held.version
    if (!older) this.held = { epoch, version, state }
    const early = this.early
    this.early = []
    let effect: Effect = 'current'
    for (const changes of early) {
      if (changes.epoch === epoch && effect !== 'broken') {
        effect = this.changes(changes.epoch, changes.fromVersion, changes.patches)
      }
    }
    return effect
  }

  changes(epoch: Epoch, fromVersion: number, patches: readonly unknown[]): Effect {
    const held = this.held
    if (held === undefined) {
      if (this.early.length < mostEarly) this.early.push({ epoch, fromVersion, patches })
      return 'behind'
    }
    if (epoch !== held.epoch || fromVersion > held.version) return 'broken'
    const news = patches.slice(held.version - fromVersion)
    if (news.length === 0) return 'current'
    const state = news.reduce<unknown>(mergePatch, held.state) as T
    this.held = { epoch, version: held.version + news.length, state }
    return 'current'
  }

  heartbeat(epoch: Epoch, version: number): Effect {
    if (this.held === undefined) return 'behind'
    if (epoch !== this.held.epoch) return 'broken'
    return version > this.held.version ? 'behind' : 'current'
  }
}
