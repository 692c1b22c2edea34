import { setTimeout as sleep } from 'node:timers/promises'
import { type Actor, type Listening, listen, type Node, parseInput } from '../../ground/door.ts'
import { type Change, type ChangeKind, changeKinds, kindsFor, schemaChange } from './changes.ts'

/** What changes on a node, for those who watch. */
export type ChangeFeed = {
  /** Tells from now on which kinds changed for this actor; once at the beginning, and after a pause, all of them. Ends by the function it returns. */
  watch(actor: Actor, tell: (kinds: readonly ChangeKind[]) => void): () => void
  /** Ends for everybody. */
  close(): Promise<void>
}

const channel = 'tongban_changes'
const lock = 7_460_206
const againMilliseconds = 2_000
const graceMilliseconds = 10_000

/** The feed of a node. It keeps a database connection of its own while anybody watches, and none while nobody does. */
export function changeFeed({ database }: Pick<Node, 'database'>): ChangeFeed {
  const watchers = new Map<symbol, { actor: Actor; tell: (kinds: readonly ChangeKind[]) => void }>()
  let isClosed = false
  let isReady = false
  let running: Promise<void> | undefined
  let listening: Listening | undefined
  let leaving: NodeJS.Timeout | undefined

  const tellAll = (change: Change) => {
    for (const { actor, tell } of watchers.values()) {
      const kinds = kindsFor(actor, change)
      if (kinds.length > 0) tell(kinds)
    }
  }
  const onMessage = (payload: string) => tellAll(parseInput(schemaChange, JSON.parse(payload)))
  const isWanted = () => !isClosed && watchers.size > 0

  async function run(): Promise<void> {
    while (isWanted()) {
      try {
        listening = await listen(database.url, { channel, lock, onMessage })
        if (!isWanted()) await listening.stop()
        isReady = true
        // Whatever happened before is not known here.
        for (const { tell } of watchers.values()) tell(changeKinds)
        await listening.ended
      } catch {
        // The database is away, or somebody holds the lock: those who watch ask by themselves, each time that it is tried.
        for (const { tell } of watchers.values()) tell(changeKinds)
      }
      isReady = false
      listening = undefined
      if (isWanted()) await sleep(againMilliseconds, undefined, { ref: false })
    }
    running = undefined
  }

  return {
    watch(actor, tell) {
      const key = Symbol('watcher')
      watchers.set(key, { actor, tell })
      if (isReady) tell(changeKinds)
      running ??= run()
      return () => {
        watchers.delete(key)
        clearTimeout(leaving)
        // A page that is opened anew is away for a moment only.
        leaving = setTimeout(() => isWanted() || void listening?.stop(), graceMilliseconds).unref()
      }
    },
    async close() {
      isClosed = true
      clearTimeout(leaving)
      watchers.clear()
      await listening?.stop()
      await running
    },
  }
}
