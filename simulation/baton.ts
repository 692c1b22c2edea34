import { setImmediate as nextTurn } from 'node:timers/promises'

/** Passes from one transaction to the next, so that in the whole nation one runs at a time. */
export type Baton = {
  /** Waits for the baton. */
  take(): Promise<void>
  /** Gives it to one of those that wait. */
  give(): void
}

/**
 * A baton that waits until everybody who can go on without it stands still, and then goes to whom `draw` says of so many: so the order of
 * transactions follows from the seed alone and not from the machine.
 */
export function createBaton(draw: (count: number) => number): Baton {
  const waiting: Array<() => void> = []
  let held = false
  let passing = false

  async function pass(): Promise<void> {
    if (held || passing) return
    passing = true
    await nextTurn()
    passing = false
    const [next] = waiting.splice(waiting.length > 1 ? draw(waiting.length) : 0, 1)
    if (!next) return
    held = true
    next()
  }

  return {
    take: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        void pass()
      }),
    give() {
      held = false
      void pass()
    },
  }
}
